"""The shell every page stands in: its look, its components, its home pages.

Web holds no facts and decides nothing; apps extend `web/page.html` and show their facts with its components.
Start with `templates/web/page.html` and the page `/components/`.
"""
