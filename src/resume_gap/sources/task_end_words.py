"""What `complete`, `finish` and `done` in a name speak of: a machine's work, or a task.

Machines finish layouts, syncs and requests all the time; people finish tickets and lessons. Nouns
of both kinds are listed. With any other noun nobody can tell, so figures with and without such
events decide (`quality.task_ends`).
"""

from typing import Final

from resume_gap.sources.role_words import CLOSED_WORK, all_forms

COMPLETING: Final = all_forms("complete finish done")
FINISHED_BY_MACHINES: Final = all_forms(
    "build test run sync import export download upload index deploy render video tutorial search"
    " onboarding tour load playback navigation animation indexing"
    " layout paint repaint reflow hydrate hydration mount fetch prefetch preload reload refresh"
    " response query compile compilation transpile bundle minify lint parse tokenize initialize"
    " initialise initialization init bootstrap boot startup setup warmup transition cache backup"
    " restore snapshot replicate replication migrate migration transcode encode decode compress"
    " decompress convert thumbnail handshake connection connect login authentication auth detect"
    " detection inference predict prediction generate generation embed embedding provision"
    " provisioning cleanup purge gc flush stream streaming buffer buffering ad advert song track"
    " episode movie clip audio podcast countdown timer tween frame tick loop thread processing"
    " worker queue promise callback calculate calculation compute computation recalculation poll"
    " scroll gesture tooltip walkthrough wizard resize reindex checksum crawl ping"
)
"""Beside one of these complete, finish and done end nothing."""
TASKS: Final = CLOSED_WORK - all_forms("request") | all_forms(
    "todo item step level quest mission match game lesson course module unit chapter"
    " topic activity exercise assignment quiz exam survey questionnaire form purchase checkout"
    " payment booking reservation appointment visit encounter consultation meeting chat"
    " conversation review inspection audit interview assessment challenge goal workout"
    " shift delivery pickup pick picking packing shipment trip ride project story chore"
    " checklist note report draft article drawing design puzzle problem question"
    " answer card deck translation transcription annotation label registration signup profile"
    " enrollment enrolment claim return refund stocktake receiving putaway procedure surgery"
    " prescription medication intake triage workitem section attempt practice drill homework essay"
    " evaluation handover handoff inventory"
)
"""Whoever completes one of these has finished a piece of work."""
SENT_BY_MACHINES: Final = (
    (
        all_forms("send submit publish upload"),
        all_forms("packet payload ack metric log analytics signal rpc trace span"),
    ),
    (
        all_forms("resolve"),
        all_forms("promise dns dependency import module symbol hostname url path route"),
    ),
)
"""Acts of machines: verbs that would be work, and the nouns beside which they are none."""
_FILLERS: Final = frozenset(("mark", "marked", "as", "is", "was", "has", "been", "event", "user"))
_COMMANDS: Final = frozenset(("complete", "finish", "mark"))


def says_what_is_done(words: tuple[str, ...]) -> bool:
    """Whether a name with one of `COMPLETING` is a person's task end for sure.

    It names a task, or nothing at all (`completed`), or it is a command (`complete_harvest`).

    Args:
        words: Of the name, in order, lower case.
    """
    found = frozenset(words)
    return (
        bool(found & TASKS)
        or found <= COMPLETING | _FILLERS
        or words[:1] in {(w,) for w in _COMMANDS}
    )
