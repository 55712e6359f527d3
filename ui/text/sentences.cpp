#include "ui/text/sentences.h"

#include "ui/text/explain.h"

namespace fairlead::text {

namespace {

constexpr const char* kNothingLoaded = FAIRLEAD_TEXT("text", "Nothing was loaded, and no figure has changed.");
constexpr const char* kNoFigureChanged = FAIRLEAD_TEXT("text", "No figure has changed.");
constexpr const char* kNothingTaken = FAIRLEAD_TEXT("text", "Nothing was taken from it, and no figure has changed.");
constexpr const char* kNothingOpened = FAIRLEAD_TEXT("text", "Nothing was opened, and nothing was changed.");
constexpr const char* kNothingHalfDone = FAIRLEAD_TEXT("text", "Nothing is half done, and no figure has changed.");

struct Entry {
    ErrorCode code;
    Sentences sentences;
};

// In the order of the enumeration: general, keys and workspace, extracts, documents.
constexpr Entry kEntries[] = {
    {ErrorCode::Cancelled,
     {FAIRLEAD_TEXT("text", "The work"), FAIRLEAD_TEXT("text", "{} was cancelled."), kNothingHalfDone,
      FAIRLEAD_TEXT("text", "Start it again when it suits.")}},
    {ErrorCode::InvalidArgument,
     {FAIRLEAD_TEXT("text", "A value"), FAIRLEAD_TEXT("text", "{} is not a value that can be used here."),
      kNoFigureChanged, FAIRLEAD_TEXT("text", "Correct the value and try again.")}},
    {ErrorCode::NotFound,
     {FAIRLEAD_TEXT("text", "What was asked for"), FAIRLEAD_TEXT("text", "{} was not found."), kNoFigureChanged,
      FAIRLEAD_TEXT("text", "Check the name and the folder, and try again.")}},
    {ErrorCode::AlreadyExists,
     {FAIRLEAD_TEXT("text", "The file or folder"), FAIRLEAD_TEXT("text", "{} exists already."),
      FAIRLEAD_TEXT("text", "Nothing was overwritten, and no figure has changed."),
      FAIRLEAD_TEXT("text", "Choose another name, or move the one that is there.")}},
    {ErrorCode::Io,
     {FAIRLEAD_TEXT("text", "The file"), FAIRLEAD_TEXT("text", "{} could not be read or written."), kNothingHalfDone,
      FAIRLEAD_TEXT("text", "Check that the disk is connected and that you may use the folder, and try again.")}},
    {ErrorCode::DiskFull,
     {FAIRLEAD_TEXT("text", "The disk"), FAIRLEAD_TEXT("text", "There is no room left to write {}."), kNothingHalfDone,
      FAIRLEAD_TEXT("text", "Free some space on the disk and try again.")}},
    {ErrorCode::Internal,
     {FAIRLEAD_TEXT("text", "The program"), FAIRLEAD_TEXT("text", "{} met a fault of the program's own."),
      FAIRLEAD_TEXT("text", "The step was not carried out, and no figure has changed."),
      FAIRLEAD_TEXT("text", "Close the program, start it again, and report the fault with its detail if it returns.")}},
    {ErrorCode::WrongKey,
     {FAIRLEAD_TEXT("text", "the file"), FAIRLEAD_TEXT("text", "The passphrase or key does not open {}."),
      kNothingOpened,
      FAIRLEAD_TEXT("text", "Check Caps Lock and the keyboard layout, and enter the passphrase again.")}},
    {ErrorCode::Corrupt,
     {FAIRLEAD_TEXT("text", "The file"),
      FAIRLEAD_TEXT("text", "{} is damaged: what it holds does not match its own check values."),
      FAIRLEAD_TEXT("text", "Its figures cannot be relied on, so it was not opened."),
      FAIRLEAD_TEXT("text", "Restore the last good copy, and keep the damaged one for whoever looks into it.")}},
    {ErrorCode::Busy,
     {FAIRLEAD_TEXT("text", "The workspace"), FAIRLEAD_TEXT("text", "{} is in use by another program or another user."),
      FAIRLEAD_TEXT("text", "Nothing was changed."),
      FAIRLEAD_TEXT("text", "Close it there, or wait until the other work ends, and try again.")}},
    {ErrorCode::NewerFormat,
     {FAIRLEAD_TEXT("text", "The file"), FAIRLEAD_TEXT("text", "{} was written by a newer version of Fairlead."),
      FAIRLEAD_TEXT("text", "It was not opened, so that nothing in it could be lost."),
      FAIRLEAD_TEXT("text", "Open it with that version, or a later one.")}},
    {ErrorCode::OlderFormat,
     {FAIRLEAD_TEXT("text", "The file"),
      FAIRLEAD_TEXT("text", "{} was written by an early version of Fairlead whose files are not read any more."),
      FAIRLEAD_TEXT("text", "It was not opened, and nothing was changed."),
      FAIRLEAD_TEXT("text", "Make a new workspace and load the extracts again.")}},
    {ErrorCode::Denied,
     {FAIRLEAD_TEXT("text", "this"), FAIRLEAD_TEXT("text", "Your roles in this workspace do not include: {}."),
      FAIRLEAD_TEXT("text", "Nothing was shown or changed. The attempt is in the audit log."),
      FAIRLEAD_TEXT("text", "Ask somebody who has the role, or a key officer to change yours.")}},
    {ErrorCode::WeakPassphrase,
     {FAIRLEAD_TEXT("text", "The passphrase"), FAIRLEAD_TEXT("text", "The passphrase is too easy to guess."),
      FAIRLEAD_TEXT("text", "Nothing was created."),
      FAIRLEAD_TEXT(
          "text",
          "Use at least 12 characters without repetition; four or more unrelated words are easy to remember.")}},
    {ErrorCode::ExtractNotRegularFile,
     {FAIRLEAD_TEXT("text", "The extract"), FAIRLEAD_TEXT("text", "{} is not an ordinary file."), kNothingLoaded,
      FAIRLEAD_TEXT("text", "Copy the extract itself into a folder of this computer and choose that copy.")}},
    {ErrorCode::ExtractSize,
     {FAIRLEAD_TEXT("text", "The extract"),
      FAIRLEAD_TEXT("text", "{} is empty, cut short or larger than an extract may be."), kNothingLoaded,
      FAIRLEAD_TEXT(
          "text", "Copy it again from where it was supplied; if it is still refused, ask the agency for a new one.")}},
    {ErrorCode::ExtractPlaintext,
     {FAIRLEAD_TEXT("text", "The extract"), FAIRLEAD_TEXT("text", "{} is not encrypted."), kNothingLoaded,
      FAIRLEAD_TEXT("text",
                    "Tell the agency, delete this copy under your local rules, and ask for a sealed extract.")}},
    {ErrorCode::ExtractSidecar,
     {FAIRLEAD_TEXT("text", "The extract"), FAIRLEAD_TEXT("text", "Files of an unfinished write lie beside {}."),
      kNothingLoaded,
      FAIRLEAD_TEXT("text", "Ask the agency to close the database before sealing it and to supply it again.")}},
    {ErrorCode::ExtractDamaged,
     {FAIRLEAD_TEXT("text", "The extract"),
      FAIRLEAD_TEXT("text", "{} is damaged: its pages do not pass their own checks, or reading it had to be stopped."),
      kNothingLoaded,
      FAIRLEAD_TEXT(
          "text", "Copy it again from where it was supplied; if it is still refused, ask the agency for a new one.")}},
    {ErrorCode::ExtractSchema,
     {FAIRLEAD_TEXT("text", "The extract"),
      FAIRLEAD_TEXT("text", "{} does not have the tables and columns of the extract contract."), kNothingLoaded,
      FAIRLEAD_TEXT("text", "Send the detail below to the agency and ask for an extract that follows the contract.")}},
    {ErrorCode::ExtractValue,
     {FAIRLEAD_TEXT("text", "The extract"),
      FAIRLEAD_TEXT("text", "{} holds a value that the extract contract does not allow."), kNothingLoaded,
      FAIRLEAD_TEXT("text", "Send the detail below to the agency and ask for a corrected extract.")}},
    {ErrorCode::ManifestMissing,
     {FAIRLEAD_TEXT("text", "The extract"), FAIRLEAD_TEXT("text", "{} has no manifest beside it."), kNothingLoaded,
      FAIRLEAD_TEXT("text", "Put the manifest (.fxm) that came with the extract into the same folder and try again.")}},
    {ErrorCode::ManifestInvalid,
     {FAIRLEAD_TEXT("text", "The manifest"), FAIRLEAD_TEXT("text", "{} cannot be read as a manifest."), kNothingLoaded,
      FAIRLEAD_TEXT("text", "Send the detail below to the agency and ask for a new manifest.")}},
    {ErrorCode::ManifestUnsigned,
     {FAIRLEAD_TEXT("text", "The manifest"),
      FAIRLEAD_TEXT("text", "{} carries no signature, and this workspace takes signed extracts only."), kNothingLoaded,
      FAIRLEAD_TEXT("text", "Ask the agency to sign it.")}},
    {ErrorCode::SignerUnknown,
     {FAIRLEAD_TEXT("text", "The manifest"),
      FAIRLEAD_TEXT("text", "{} is signed with a key that this workspace does not know."), kNothingLoaded,
      FAIRLEAD_TEXT(
          "text",
          "Confirm the key with the agency by a second route, add it to the workspace's keys, and try again.")}},
    {ErrorCode::SignatureInvalid,
     {FAIRLEAD_TEXT("text", "The manifest"), FAIRLEAD_TEXT("text", "The signature of {} does not match what it says."),
      kNothingLoaded,
      FAIRLEAD_TEXT("text", "Treat the delivery as altered: tell the agency and your information-governance lead.")}},
    {ErrorCode::HashMismatch,
     {FAIRLEAD_TEXT("text", "The extract"), FAIRLEAD_TEXT("text", "{} is not the file that its manifest describes."),
      kNothingLoaded,
      FAIRLEAD_TEXT(
          "text", "Check that the extract and the manifest are of the same delivery; if they are, tell the agency.")}},
    {ErrorCode::RowCountMismatch,
     {FAIRLEAD_TEXT("text", "The extract"),
      FAIRLEAD_TEXT("text", "The rows of {} do not match the numbers or digests in its manifest."), kNothingLoaded,
      FAIRLEAD_TEXT("text", "Treat the delivery as incomplete or altered, and ask the agency for a new one.")}},
    {ErrorCode::RetentionExpired,
     {FAIRLEAD_TEXT("text", "The extract"), FAIRLEAD_TEXT("text", "The date until which {} may be kept has passed."),
      kNothingLoaded,
      FAIRLEAD_TEXT("text", "Destroy this copy under the agreement, and ask the agency for a current one.")}},
    {ErrorCode::GatewayNotInForce,
     {FAIRLEAD_TEXT("text", "The extract"), FAIRLEAD_TEXT("text", "No legal gateway in force permits the use of {}."),
      kNothingLoaded,
      FAIRLEAD_TEXT("text", "Ask the information-governance lead which gateway and agreement cover it.")}},
    {ErrorCode::PeriodInvalid,
     {FAIRLEAD_TEXT("text", "The extract"), FAIRLEAD_TEXT("text", "The period that {} says it covers is not possible."),
      kNothingLoaded, FAIRLEAD_TEXT("text", "Ask the agency to correct the dates in the manifest.")}},
    {ErrorCode::AlreadyLoaded,
     {FAIRLEAD_TEXT("text", "The extract"), FAIRLEAD_TEXT("text", "{} has been loaded before."), kNothingLoaded,
      FAIRLEAD_TEXT("text", "There is nothing to do; choose the deliveries that are new.")}},
    {ErrorCode::SequenceReplay,
     {FAIRLEAD_TEXT("text", "The extract"),
      FAIRLEAD_TEXT("text", "{} is older than a delivery of the same data that has been loaded."), kNothingLoaded,
      FAIRLEAD_TEXT("text", "Load deliveries in the order in which they were supplied; leave this one out.")}},
    {ErrorCode::ParseError,
     {FAIRLEAD_TEXT("text", "The file"),
      FAIRLEAD_TEXT("text", "{} could not be read: it does not follow its own format."), kNothingTaken,
      FAIRLEAD_TEXT("text", "Correct the line named below, or ask for the file again.")}},
    {ErrorCode::UnknownKey,
     {FAIRLEAD_TEXT("text", "The file"), FAIRLEAD_TEXT("text", "{} has an entry that is not known."), kNothingTaken,
      FAIRLEAD_TEXT("text", "Correct or remove the entry named below.")}},
    {ErrorCode::UnknownColumn,
     {FAIRLEAD_TEXT("text", "The file"), FAIRLEAD_TEXT("text", "{} has a column that is not known."), kNothingTaken,
      FAIRLEAD_TEXT("text", "Check that the file is of the kind you chose, or use the mapping that fits it.")}},
    {ErrorCode::MissingColumn,
     {FAIRLEAD_TEXT("text", "The file"), FAIRLEAD_TEXT("text", "{} lacks a column that is needed."), kNothingTaken,
      FAIRLEAD_TEXT("text", "Ask for the file with the column named below.")}},
    {ErrorCode::Encoding,
     {FAIRLEAD_TEXT("text", "The file"),
      FAIRLEAD_TEXT("text", "{} is not in a character encoding that can be read safely."), kNothingTaken,
      FAIRLEAD_TEXT("text", "Save it as UTF-8, or ask for it in UTF-8.")}},
};

}  // namespace

const Sentences& sentencesFor(ErrorCode code) {
    for (const Entry& entry : kEntries) {
        if (entry.code == code) {
            return entry.sentences;
        }
    }
    // A code that nobody has written about yet (a test forbids it) is reported as a fault of the program.
    return sentencesFor(ErrorCode::Internal);
}

namespace {

constexpr const char* kNoRecords = FAIRLEAD_TEXT("text", "There are no records to read figures from.");
constexpr const char* kNothingReleased = FAIRLEAD_TEXT("text", "Nothing was released.");

constexpr Sentences kNoWorkspace = {FAIRLEAD_TEXT("text", "The workspace"),
                                    FAIRLEAD_TEXT("text", "There is no workspace at this place."),
                                    FAIRLEAD_TEXT("text", "Nothing was opened, and nothing was changed."),
                                    FAIRLEAD_TEXT("text", "Choose the folder whose name ends in .fairlead.")};
constexpr const char* kNothingDecided = FAIRLEAD_TEXT("text", "Nothing was shown or changed.");

/// Errors that say more than their code does.
struct Special {
    ErrorCode code;
    std::string_view subject;
    Sentences sentences;
};
constexpr Special kSpecials[] = {
    {ErrorCode::NotFound,
     "load",
     {FAIRLEAD_TEXT("text", "A load"), FAIRLEAD_TEXT("text", "Nothing is loaded yet."), kNoRecords,
      FAIRLEAD_TEXT("text", "Load extracts first.")}},
    {ErrorCode::NotFound,
     "load by then",
     {FAIRLEAD_TEXT("text", "A load"), FAIRLEAD_TEXT("text", "Nothing had been loaded by the end of that day."),
      kNoRecords, FAIRLEAD_TEXT("text", "Choose a later day.")}},
    {ErrorCode::NotFound, "header", kNoWorkspace},
    {ErrorCode::NotFound, "lock", kNoWorkspace},
    {ErrorCode::NotFound,
     "backup-list",
     {FAIRLEAD_TEXT("text", "The backup"), FAIRLEAD_TEXT("text", "There is no backup in this folder."),
      FAIRLEAD_TEXT("text", "Nothing was restored."),
      FAIRLEAD_TEXT("text", "Choose the folder that the backup was written to.")}},
    {ErrorCode::NotFound,
     "audit log",
     {FAIRLEAD_TEXT("text", "The audit log"), FAIRLEAD_TEXT("text", "There is no audit log at this place."),
      FAIRLEAD_TEXT("text", "Nothing was checked."),
      FAIRLEAD_TEXT("text", "Choose a workspace, or a copy of its audit folder.")}},
    {ErrorCode::NotFound,
     "gateway",
     {FAIRLEAD_TEXT("text", "The gateway"), FAIRLEAD_TEXT("text", "No legal gateway of the register has that id."),
      FAIRLEAD_TEXT("text", "Nothing was changed."),
      FAIRLEAD_TEXT("text", "Choose one of the register; `fairlead-cli gateways list` shows their ids.")}},
    {ErrorCode::InvalidArgument,
     "children of a release",
     {FAIRLEAD_TEXT("text", "The children"),
      FAIRLEAD_TEXT("text", "These involvements cover more people than one release may name."), kNothingReleased,
      FAIRLEAD_TEXT("text", "Choose fewer involvements, or release them one after the other.")}},
    {ErrorCode::InvalidArgument,
     "end of a release",
     {FAIRLEAD_TEXT("text", "The day"),
      FAIRLEAD_TEXT("text", "A release is over on a later day than today, and lasts no longer than it may."),
      kNothingReleased, FAIRLEAD_TEXT("text", "Choose another day.")}},
    {ErrorCode::InvalidArgument,
     "names of a release",
     {FAIRLEAD_TEXT("text", "The number"), FAIRLEAD_TEXT("text", "One release may not show that many names."),
      kNothingReleased, FAIRLEAD_TEXT("text", "Choose a smaller number.")}},
    {ErrorCode::InvalidArgument,
     "involvements of a release",
     {FAIRLEAD_TEXT("text", "The involvement"),
      FAIRLEAD_TEXT("text",
                    "A release rests on involvements of its recipient that run today and do not end before it does."),
      kNothingReleased, FAIRLEAD_TEXT("text", "Record the involvement first, or choose an earlier day.")}},
    {ErrorCode::InvalidArgument,
     "recipient of a release",
     {FAIRLEAD_TEXT("text", "The recipient"),
      FAIRLEAD_TEXT("text", "Nobody releases names to themselves: the recipient is neither of the two who sign."),
      kNothingReleased, FAIRLEAD_TEXT("text", "Choose another recipient, or have somebody else sign.")}},
    {ErrorCode::InvalidArgument,
     "sheet 1",
     {FAIRLEAD_TEXT("text", "The sheet"), FAIRLEAD_TEXT("text", "A line of sheet 1 is not as it was printed."),
      kNothingOpened, FAIRLEAD_TEXT("text", "Compare the line that the detail names with the paper.")}},
    {ErrorCode::InvalidArgument,
     "sheet 2",
     {FAIRLEAD_TEXT("text", "The sheet"), FAIRLEAD_TEXT("text", "A line of sheet 2 is not as it was printed."),
      kNothingOpened, FAIRLEAD_TEXT("text", "Compare the line that the detail names with the paper.")}},
    {ErrorCode::WrongKey,
     "recovery",
     {FAIRLEAD_TEXT("text", "The sheets"), FAIRLEAD_TEXT("text", "These two sheets open nothing here."), kNothingOpened,
      FAIRLEAD_TEXT(
          "text", "They do not belong together, or are of another workspace, or newer ones were made: bring those.")}},
    {ErrorCode::NotFound,
     "recovery",
     {FAIRLEAD_TEXT("text", "The sheets"), FAIRLEAD_TEXT("text", "No recovery sheets were made for this workspace."),
      kNothingOpened, FAIRLEAD_TEXT("text", "A key officer makes them, with a second person.")}},
    {ErrorCode::InvalidArgument,
     "bearers",
     {FAIRLEAD_TEXT("text", "The bearers"),
      FAIRLEAD_TEXT("text", "Two different people bring the sheets, each by name."), kNothingOpened,
      FAIRLEAD_TEXT("text", "Enter who brought each sheet.")}},
    {ErrorCode::InvalidArgument,
     "further person",
     {FAIRLEAD_TEXT("text", "The further person"),
      FAIRLEAD_TEXT("text", "The further person is one of the two who make the sheets."), kNothingOpened,
      FAIRLEAD_TEXT("text", "Name somebody else, or nobody.")}},
    {ErrorCode::InvalidArgument,
     "records of a decision",
     {FAIRLEAD_TEXT("text", "The records"), FAIRLEAD_TEXT("text", "A decision is about two different records."),
      kNothingDecided, FAIRLEAD_TEXT("text", "Name two records.")}},
    {ErrorCode::NotFound,
     "record of a decision",
     {FAIRLEAD_TEXT("text", "The record"), FAIRLEAD_TEXT("text", "No record has this number."), kNothingDecided,
      FAIRLEAD_TEXT("text", "Check the two numbers.")}},
    {ErrorCode::NotFound,
     "pair to decide",
     {FAIRLEAD_TEXT("text", "The pair"),
      FAIRLEAD_TEXT("text", "The two records neither wait for a reader nor are taken for one person."), kNothingDecided,
      FAIRLEAD_TEXT("text",
                    "Check the two numbers. Who knows that two records which nothing connects are one person says so "
                    "with `fairlead-cli access decide --unconnected`.")}},
    {ErrorCode::AlreadyExists,
     "this decision",
     {FAIRLEAD_TEXT("text", "The decision"), FAIRLEAD_TEXT("text", "The two records have been decided on so already."),
      kNothingDecided, FAIRLEAD_TEXT("text", "There is nothing to do.")}},
    {ErrorCode::AlreadyExists,
     "another reader's decision",
     {FAIRLEAD_TEXT("text", "The decision"),
      FAIRLEAD_TEXT("text", "Another reader has decided otherwise about the two records."), kNothingDecided,
      FAIRLEAD_TEXT("text", "Read that decision; if yours is to take its place, say so.")}},
    {ErrorCode::GatewayNotInForce,
     "gateway of an involvement",
     {FAIRLEAD_TEXT("text", "The gateway"),
      FAIRLEAD_TEXT("text", "The legal gateway of the involvement carries no disclosure on that day."),
      kNothingReleased, FAIRLEAD_TEXT("text", "Ask the information-governance lead which gateway covers it.")}},
};
/// The subject names the purposes.
constexpr Sentences kOtherPurpose = {
    FAIRLEAD_TEXT("text", "some purposes"),
    FAIRLEAD_TEXT("text", "The legal gateway of the involvement carries a disclosure for one thing alone: {}."),
    FAIRLEAD_TEXT("text", "Nothing was recorded or released."),
    FAIRLEAD_TEXT("text", "Begin the purpose with it where that is what it is for; else choose another gateway.")};
/// Of a database; a header of an early version is read no more.
constexpr Sentences kOlderDatabase = {
    FAIRLEAD_TEXT("text", "The workspace"),
    FAIRLEAD_TEXT("text", "The workspace was written by an earlier version of Fairlead."),
    FAIRLEAD_TEXT("text", "It was not opened, and nothing was changed."),
    FAIRLEAD_TEXT("text",
                  "A data steward makes an upgraded copy of it: the desktop program asks whether to, and so does "
                  "`fairlead-cli workspace upgrade`.")};
/// Whatever the act of two was.
constexpr Sentences kOnePersonTwice = {FAIRLEAD_TEXT("text", "The second person"),
                                       FAIRLEAD_TEXT("text", "Two different people do this together."),
                                       FAIRLEAD_TEXT("text", "Nothing was changed. The attempt is in the audit log."),
                                       FAIRLEAD_TEXT("text", "Name a second person, who enters a passphrase too.")};
/// A role whose keys are not on the recovery sheets.
constexpr Sentences kNotOnSheets = {
    FAIRLEAD_TEXT("text", "The role"), FAIRLEAD_TEXT("text", "The sheets do not open the keys that this role needs."),
    kNothingOpened, FAIRLEAD_TEXT("text", "Choose another role: a key officer can add the rest.")};

}  // namespace

const Sentences& sentencesFor(const Error& error) {
    if (error.code == ErrorCode::OlderFormat && error.subject.ends_with(".db")) return kOlderDatabase;
    if (error.code == ErrorCode::Denied && error.detail == "two different people are needed") return kOnePersonTwice;
    if (error.code == ErrorCode::Denied && error.detail == "the sheets do not open this key") return kNotOnSheets;
    if (error.code == ErrorCode::GatewayNotInForce && error.detail == "purpose") return kOtherPurpose;
    for (const Special& special : kSpecials) {
        if (special.code == error.code && special.subject == error.subject) {
            return special.sentences;
        }
    }
    return sentencesFor(error.code);
}

const char* phraseFor(Phase phase) {
    // A switch without default: the compiler names a phase that has no phrase.
    switch (phase) {
        case Phase::Preparing: return FAIRLEAD_TEXT("text", "Preparing");
        case Phase::Checking: return FAIRLEAD_TEXT("text", "Checking the files");
        case Phase::Copying: return FAIRLEAD_TEXT("text", "Copying");
        case Phase::Reading: return FAIRLEAD_TEXT("text", "Reading");
        case Phase::Writing: return FAIRLEAD_TEXT("text", "Writing");
        case Phase::Blocking: return FAIRLEAD_TEXT("text", "Finding records worth comparing");
        case Phase::Comparing: return FAIRLEAD_TEXT("text", "Comparing records");
        case Phase::Resolving: return FAIRLEAD_TEXT("text", "Deciding which records are one person");
        case Phase::Computing: return FAIRLEAD_TEXT("text", "Computing indicators");
        case Phase::Drawing: return FAIRLEAD_TEXT("text", "Drawing pages");
    }
    return "";
}

}  // namespace fairlead::text
