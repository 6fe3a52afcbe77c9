"""Small drawings as images of their own: no script, no request, the colours of light and dark inside."""

from urllib.parse import quote


def image(body: str, width: int, height: int, style: str) -> str:
    """The address of an SVG image made of `body`, with its own `style`."""
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><style>{style}</style>'
    return "data:image/svg+xml," + quote(svg + body + "</svg>", safe="/:=' (),")
