import gc

from django.template import engines

from relais.web.warming import warm


def test_every_template_is_loaded_before_the_first_reader_comes():
    warm()
    [cached] = engines["django"].engine.template_loaders
    loaded = {str(template.name) for template in cached.get_template_cache.values() if hasattr(template, "name")}
    assert {"people/person_list.html", "web/components/button.html"} <= loaded


def test_the_loaded_program_is_left_out_of_the_search_for_garbage():
    warm()
    assert gc.get_freeze_count() > 100_000
    gc.unfreeze()
