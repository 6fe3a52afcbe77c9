"""What our own scripts draw: a component whose name in assets is `site.<name of the class>`."""

from typing import Any

from dash.development.base_component import Component


class Scripted(Component):
    """The shape that Dash asks of a component, for all of ours; its props are what a subclass hands on."""

    _children_props: list[str] = []  # noqa: RUF012  as Dash declares it
    _base_nodes = ["children"]  # noqa: RUF012
    _namespace = "site"

    def __init_subclass__(cls) -> None:
        cls._type = cls.__name__

    def __init__(self, **props: Any) -> None:
        self._prop_names = list(props)
        self.available_properties = self._prop_names
        self._valid_wildcard_attributes: list[str] = []
        self.available_wildcard_properties: list[str] = []
        self.__dict__.update(props)  # without the checks of Dash: what is not handed on cannot be named
