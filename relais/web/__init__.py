"""The page shell, components, css and js, home pages; what every page of Relais looks like.

Start with templates/web/page.html and /components/.
"""
