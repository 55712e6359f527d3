// The session over the made-up schools.

#include <chrono>
#include <thread>

#include "tests/ui/made_up.h"

namespace fairlead::ui::made_up {

Status MadeUpSession::ask(TaskContext& task, const char* what) const {
    while (mood == Mood::Waits) {
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return mood == Mood::Denies ? Status(fail(ErrorCode::Denied, what)) : Status();
}

Result<std::shared_ptr<const SourcesContent>> MadeUpSession::sources(TaskContext& task) {
    FAIRLEAD_OK(ask(task, "read figures"));
    calls.emplace_back("sources");
    auto content = made_up::sources();
    content.overdue = overdue;
    if (isEmpty()) {
        content.datasets.clear();
        content.persons = content.recordsLinked = content.linksForReview = 0;
    }
    return std::make_shared<const SourcesContent>(std::move(content));
}

Result<std::shared_ptr<const SchoolsContent>> MadeUpSession::schools(Date, TaskContext& task) {
    FAIRLEAD_OK(ask(task, "read figures"));
    calls.emplace_back("schools");
    auto content = made_up::schools();
    if (isEmpty()) {
        content.schools.clear();
    }
    return std::make_shared<const SchoolsContent>(std::move(content));
}

Result<std::shared_ptr<const SchoolsContent>> MadeUpSession::glance(Date, TaskContext& task) {
    FAIRLEAD_OK(ask(task, "read figures"));
    calls.emplace_back("glance");
    return std::make_shared<const SchoolsContent>(made_up::glance());
}

Result<std::filesystem::path> MadeUpSession::writeTable(const TableFile& table, TaskContext&) {
    calls.push_back("table " + table.format + " " + table.title + " " + std::to_string(table.rows));
    written = table.bytes;
    return table.file;
}

Result<std::shared_ptr<const OverviewContent>> MadeUpSession::overview(const OverviewRequest& request,
                                                                       const std::string& namesReason,
                                                                       TaskContext& task) {
    FAIRLEAD_OK(ask(task, "read figures"));
    calls.push_back("overview " + request.asAt.iso() + " " + request.yearGroup + (namesReason.empty() ? "" : " named") +
                    (request.knownAt ? " known at " + knownAtInWords(*request.knownAt).toStdString() : ""));
    auto content = made_up::overview(!namesReason.empty());
    content.namesWithheld = namesReason.empty() ? NamesWithheld() : withheld;
    content.overview.school = request.school;
    content.overview.asAt = request.asAt;
    content.overview.filters.yearGroup = request.yearGroup;
    content.knownAt = request.knownAt;
    content.loads = made_up::comparison().loads;
    if (isEmpty()) {
        content.overview.newIndicators.clear();
        content.overview.families.clear();
    }
    return std::make_shared<const OverviewContent>(std::move(content));
}

Result<std::shared_ptr<const RegisterContent>> MadeUpSession::definitions(TaskContext& task) {
    FAIRLEAD_OK(ask(task, "read figures"));
    calls.emplace_back("definitions");
    return std::make_shared<const RegisterContent>(isEmpty() ? RegisterContent() : made_up::definitions());
}

Result<std::shared_ptr<const DrillContent>> MadeUpSession::drill(const DrillRequest& request, const std::string&,
                                                                 TaskContext& task) {
    FAIRLEAD_OK(ask(task, "read figures"));
    calls.push_back("drill " + request.figureId);
    auto content = made_up::drill();
    content.request = request;
    if (isEmpty()) {
        content.pupils.clear();
    }
    return std::make_shared<const DrillContent>(std::move(content));
}

Result<std::shared_ptr<const PupilContent>> MadeUpSession::pupil(const OverviewRequest&, record::PersonKey pupil,
                                                                 const std::string&, TaskContext& task) {
    FAIRLEAD_OK(ask(task, "read figures"));
    calls.push_back("pupil " + std::to_string(pupil.value));
    auto content = made_up::pupil();
    if (isEmpty()) {
        content.timeline.spells.clear();
    }
    return std::make_shared<const PupilContent>(std::move(content));
}

Result<std::shared_ptr<const workspace::JoinStory>> MadeUpSession::howJoined(record::PersonKey person,
                                                                             indicator::FactId fact,
                                                                             TaskContext& task) {
    FAIRLEAD_OK(ask(task, "review links"));
    calls.push_back("joined " + std::to_string(person.value) + " " + std::to_string(fact.value));
    return std::make_shared<const workspace::JoinStory>(joinStory());
}

Result<std::shared_ptr<const CompareContent>> MadeUpSession::compare(const CompareRequest& request,
                                                                     const std::string& namesReason, TaskContext&) {
    if (request.to != asAt() || request.fromKnownAt || !namesReason.empty()) {
        calls.push_back("compare " + request.from.iso() + " " + request.to.iso() +
                        (request.yearGroup.empty() ? "" : " year " + request.yearGroup) +
                        (namesReason.empty() ? "" : " named"));
    }
    auto content = made_up::comparison(!namesReason.empty());
    content.request.school = request.school;
    content.request.from = request.from;
    content.request.to = request.to;
    content.request.yearGroup = request.yearGroup;
    if (request.toKnownAt) {
        content.request.toKnownAt = request.toKnownAt;
    }
    return std::make_shared<const CompareContent>(std::move(content));
}

Result<std::shared_ptr<const PeopleContent>> MadeUpSession::people(const OverviewRequest& request,
                                                                   const std::string& namesReason, TaskContext& task) {
    FAIRLEAD_OK(ask(task, "read figures"));
    calls.push_back("people " + request.asAt.iso() + (namesReason.empty() ? "" : " named"));
    auto content = made_up::people(!namesReason.empty());
    content.request = request;
    if (isEmpty()) {
        content.pupils.clear();
    }
    return std::make_shared<const PeopleContent>(std::move(content));
}

Result<std::shared_ptr<const QualityContent>> MadeUpSession::quality(TaskContext& task) {
    FAIRLEAD_OK(ask(task, "read figures"));
    calls.emplace_back("quality");
    return std::make_shared<const QualityContent>(isEmpty() ? QualityContent() : made_up::quality());
}

Result<std::vector<ViewLine>> MadeUpSession::views(TaskContext&) { return kept; }

Result<std::vector<ViewLine>> MadeUpSession::saveView(const ViewLine& view, TaskContext&) {
    kept.push_back(view);
    return kept;
}

Result<std::vector<ViewLine>> MadeUpSession::removeView(const std::string& name, TaskContext&) {
    std::erase_if(kept, [&](const ViewLine& view) { return view.name == name; });
    return kept;
}

Result<std::shared_ptr<const PreviewContent>> MadeUpSession::preview(const std::vector<std::filesystem::path>& files,
                                                                     TaskContext& task) {
    FAIRLEAD_OK(ask(task, "load deliveries"));
    calls.push_back("preview " + std::to_string(files.size()));
    if (failsToLoad) {
        return fail(ErrorCode::ExtractPlaintext, "police.fxt");
    }
    return std::make_shared<const PreviewContent>(made_up::preview(files));
}

Result<LoadOutcome> MadeUpSession::load(const std::vector<std::filesystem::path>& files, TaskContext&) {
    calls.push_back("load " + std::to_string(files.size()));
    if (failsToLoad) {
        return fail(ErrorCode::ExtractPlaintext, "police.fxt");
    }
    return LoadOutcome{static_cast<int>(files.size()), 120, 3, 1, {}};
}

Result<LinkOutcome> MadeUpSession::link(TaskContext& task) {
    FAIRLEAD_OK(ask(task, "link records"));
    calls.emplace_back("link");
    return LinkOutcome{14820, 5412, 38, {}};
}

Result<BriefingOutcome> MadeUpSession::writeBriefing(const OverviewRequest&, const std::filesystem::path& file,
                                                     TaskContext&) {
    calls.emplace_back("briefing");
    return BriefingOutcome{file, "FL-2026-000012"};
}

SessionMakers makers(const std::shared_ptr<MadeUpSession>& session) {
    SessionMakers made;
    made.open = [session](const std::filesystem::path& folder, const crypto::Secret& passphrase,
                          const std::string&) -> Result<std::shared_ptr<Session>> {
        if (passphrase.view() != "right") {
            return fail(ErrorCode::WrongKey, folder.filename().string());
        }
        if (session->isOlder) {
            return fail(ErrorCode::OlderFormat, "core.db", "schema version 2, this program knows 9");
        }
        return session;
    };
    made.upgrade = [session](const UpgradeWanted& wanted, const crypto::Secret& passphrase,
                             TaskContext& task) -> Result<std::shared_ptr<Session>> {
        FAIRLEAD_OK(session->ask(task, "back up the workspace"));
        if (passphrase.view() != "right") {
            return fail(ErrorCode::WrongKey, wanted.folder.filename().string());
        }
        session->calls.push_back("upgrade to " + wanted.to.filename().string());
        session->isOlder = false;
        return session;
    };
    made.recover = [session](const std::filesystem::path&, const RecoveryWanted& wanted) -> Status {
        FAIRLEAD_TRY(const auto first, access::readSheet(wanted.sheets.first->view(), 1));
        FAIRLEAD_TRY(const auto second, access::readSheet(wanted.sheets.second->view(), 2));
        session->calls.push_back("recover " + wanted.user);
        return {};
    };
    made.create = [session](const NewWorkspaceRequest&, const crypto::Secret&) -> Result<std::shared_ptr<Session>> {
        return session;
    };
    return made;
}

}  // namespace fairlead::ui::made_up
