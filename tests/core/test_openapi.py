"""The OpenAPI document is generated from the registry, and says what the doors take."""

from facilitate.core.commands import COMMANDS
from tests.support.room import Room


def test_every_command_that_a_door_takes_is_described(room: Room) -> None:
    """Each with its words, who may, and the answers; commands of the server itself are no part of it."""
    document = room.client().get("/api/openapi.json").json
    assert document is not None and document["openapi"].startswith("3.1")
    described = {path.rsplit("/", 1)[1] for path in document["paths"] if "/commands/" in path}
    assert described == {name for name, known in COMMANDS.items() if "system" not in known.may and not known.outside}
    cast = document["paths"]["/api/events/{event}/commands/voting.cast"]["post"]
    schema = cast["requestBody"]["content"]["application/json"]["schema"]
    assert set(schema["required"]) == {"round", "ballot"} and schema["properties"]["round"]["format"] == "uuid"
    assert "participant" in cast["description"] and {"200", "409", "429"} <= set(cast["responses"])
    for path in ("/api/templates", "/api/events", "/api/events/{event}/state", "/api/events/{event}/members"):
        assert path in document["paths"]
