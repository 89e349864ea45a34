"""For whoever builds behaviours: each one, what it bids now, and its parameters, to be changed while the robot runs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from nicegui import ui
from nicegui.element import Element

from robot.core.errors import BowlbyError
from robot.page.views.elements import Text
from robot.page.views.panels import card
from robot.texts.catalogue import SOURCE

if TYPE_CHECKING:
    from nicegui.events import GenericEventArguments

    from robot.core.tick import Tick, Vitals
    from robot.page.texts import PageTexts
    from robot.page.tuning import BehaviorView, Parameter, Tuning

LONGEST_VALUE = 60
# A form is one parameter; its value goes as it was typed, and stays where it was refused.
SEND_VALUE = "(event) => emit(event.target.elements.value.value)"


class BehaviorsPanel:
    """A line for each behaviour, which opens; after a file was saved with other parameters, the list is made anew."""

    def __init__(self, words: PageTexts, behaviors: Tuning) -> None:
        self._words, self._behaviors = words, behaviors
        with card(words("behaviors"), "behaviors"):
            Text("p", words("behaviors_note"), "note")
            self._list = Element("ul").classes("behaviors")
        self._rows: dict[str, BehaviorForm] = {}

    def show(self, tick: Tick, vitals: Vitals) -> None:  # noqa: ARG002 - all panels are shown alike
        views = {view.name: view for view in self._behaviors.read()}
        if [*self._rows] != [*views] or any(row.outdated(views[name]) for name, row in self._rows.items()):
            self._list.clear()
            with self._list:
                self._rows = {name: BehaviorForm(self._words, self._behaviors, view) for name, view in views.items()}
        bids = {bid.behavior: bid.desire for bid in tick.decision.bids}
        for name, row in self._rows.items():
            row.show(views[name], bids.get(name), wins=name == tick.decision.behavior)


class BehaviorForm:
    """The form of one behaviour: what it bids, and its parameters."""

    def __init__(self, words: PageTexts, behaviors: Tuning, view: BehaviorView) -> None:
        self._words, self._behaviors, self._name = words, behaviors, view.name
        self._keys = tuple(parameter.name for parameter in view.parameters)
        self._fields: dict[str, ParameterForm] = {}
        self._shown: object = None
        with Element("li"), Element("details"):
            with Element("summary"):
                Text("span", words.behavior(view.name), "behavior-name")
                Text("code", view.name)
                self._bid = Text("span", "", "behavior-bid")
            self._benched = Text("p", "", "trouble")
            Text("p", view.about, "note").props(f'lang="{SOURCE}"')
            modes = ", ".join(words(f"mode_{mode}") for mode in view.modes)
            Text("p", f"{words('runs_in')}{words('colon')} {modes}", "note")
            if not view.parameters:
                Text("p", words("parameters_none"), "note")
            for parameter in view.parameters:
                self._fields[parameter.name] = ParameterForm(words, behaviors, view.name, parameter)
            if view.parameters:
                reset = Text("button", words("parameters_reset"), "button").props('type="button"')
                reset.on("click", self._reset, [])

    def outdated(self, view: BehaviorView) -> bool:
        """Whether its file now declares other parameters."""
        return self._keys != tuple(parameter.name for parameter in view.parameters)

    def show(self, view: BehaviorView, bid: float | None, *, wins: bool) -> None:
        now = (view, bid, wins)
        if now == self._shown:
            return
        self._shown = now
        words = self._words
        if view.benched:
            told = words("benched")
        elif bid is None:
            told = words("bids_not")
        else:
            told = f"{bid:.2f}" + (f" · {words('bids_most')}" if wins else "")
        self._bid.text = told
        self._bid.classes(add="strong" if wins else "", remove="" if wins else "strong")
        self._benched.text = words.words(view.benched)
        self._benched.set_visibility(bool(view.benched))
        for parameter in view.parameters:
            self._fields[parameter.name].show(parameter)

    def _reset(self) -> None:
        self._behaviors.reset(self._name)
        for field in self._fields.values():
            field.restore()


class ParameterForm:
    """One parameter: a form of its own, with what is wrong said under it. What is being typed is left alone."""

    def __init__(self, words: PageTexts, behaviors: Tuning, behavior: str, parameter: Parameter) -> None:
        self._words, self._behaviors, self._behavior, self._parameter = words, behaviors, behavior, parameter
        self._value = parameter.value
        with Element("form").classes("parameter").props('autocomplete="off"') as form:
            with Element("label"):
                Text("code", parameter.name)
                Text("span", words.parameter(behavior, parameter.name, parameter.about), "note")
                self._input = self._control(parameter)
            Text("button", words("parameter_set"), "button").props(
                f'type="submit" aria-label="{words("parameter_set_name", name=parameter.name)}"'
            )
            self._file = Text("span", "", "note")
            self._wrong = Text("p", "", "trouble").props(f'role="alert" lang="{SOURCE}"')
        form.on("submit.prevent", self._change, js_handler=SEND_VALUE)
        self._forgive()
        self.show(parameter)

    def _control(self, parameter: Parameter) -> Element:
        if not parameter.choices:
            control = Element("input").props(f'name="value" type="text" inputmode="decimal" maxlength={LONGEST_VALUE}')
            control.props["defaultValue"] = parameter.value  # as it is: within a text of props it could end its quotes
            return control
        with Element("select").props('name="value"') as select:
            for choice in parameter.choices:
                option = Text("option", choice)
                option.props["value"] = choice
                if choice == parameter.value:
                    option.props("selected")
        return select

    def show(self, parameter: Parameter) -> None:
        if parameter.value != self._value:
            self._value = parameter.value
            self._put(parameter.value)
        same = parameter.value == parameter.file
        told = self._words("parameter_file" if same else "parameter_now", value=parameter.value, file=parameter.file)
        self._file.text = told
        self._file.classes(add="" if same else "strong", remove="strong" if same else "")

    def restore(self) -> None:
        """Forget what was typed and what was wrong with it."""
        self._put(self._value)
        self._forgive()

    def _put(self, value: str) -> None:
        ui.run_javascript(f"getHtmlElement({self._input.id}).value = {json.dumps(value)}")

    def _forgive(self) -> None:
        self._wrong.text = ""
        self._wrong.set_visibility(False)

    def _change(self, event: GenericEventArguments) -> None:
        self._forgive()
        try:
            self._behaviors.change(self._behavior, self._parameter.name, str(event.args)[:LONGEST_VALUE])
        except BowlbyError as error:
            self._wrong.text = str(error)
            self._wrong.set_visibility(True)
