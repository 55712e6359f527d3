// The recovery sheets of the made-up unit, and its new keys.

#include "tests/ui/made_up.h"

namespace fairlead::ui::made_up {

namespace {

constexpr std::int64_t kDayMs = 86'400'000;

}  // namespace

RecoveryContent recovery() {
    using access::FileKey;
    const std::int64_t today = asAt().days * kDayMs + kDayMs / 2;
    custody::SheetsStanding sheets;
    sheets.face = {.keys = {FileKey::Core, FileKey::Identity, FileKey::Audit, FileKey::Officer},
                   .officer = "01",
                   .holder = "02",
                   .further = {}};
    sheets.madeMs = today - 30 * kDayMs;
    sheets.tried = custody::SheetsTried{today - 29 * kDayMs, "01", custody::SheetsTried::Outcome::Opened};
    return {sheets};
}

std::shared_ptr<const custody::SheetsMade> sheetsMade() {
    auto made = std::make_shared<custody::SheetsMade>();
    made->first = access::printSheet(crypto::Secret::copyOf(std::string(32, 'a')), 1);
    made->second = access::printSheet(crypto::Secret::copyOf(std::string(32, 'b')), 2);
    made->keys = recovery().sheets->face.keys;
    return made;
}

Result<std::shared_ptr<const RecoveryContent>> MadeUpSession::recovery(TaskContext& task) {
    FAIRLEAD_OK(ask(task, "make and try recovery sheets"));
    calls.emplace_back("recovery");
    return std::make_shared<const RecoveryContent>(isEmpty() ? RecoveryContent() : sheets);
}

Result<std::shared_ptr<const custody::SheetsMade>> MadeUpSession::makeSheets(const SheetsOrder& order,
                                                                             TaskContext& task) {
    FAIRLEAD_OK(ask(task, "make and try recovery sheets"));
    if (order.secondPassphrase && order.secondPassphrase->view() != "right") {
        return fail(ErrorCode::WrongKey, order.second);
    }
    sheets.sheets->tried.reset();
    calls.push_back("make sheets with " + order.second + (order.further.empty() ? "" : " and " + order.further));
    return sheetsMade();
}

Result<std::filesystem::path> MadeUpSession::keepSheet(const SheetInHand& sheet, const std::filesystem::path& file,
                                                       TaskContext& task) {
    FAIRLEAD_OK(ask(task, "make and try recovery sheets"));
    calls.push_back("keep sheet " + std::to_string(sheet.which));
    return file;
}

Result<custody::DrillReport> MadeUpSession::drillSheets(const SheetsTyped& typed, TaskContext& task) {
    FAIRLEAD_OK(ask(task, "make and try recovery sheets"));
    FAIRLEAD_TRY(const auto first, access::readSheet(typed.first->view(), 1));
    FAIRLEAD_TRY(const auto second, access::readSheet(typed.second->view(), 2));
    calls.emplace_back("drill");
    return custody::DrillReport{.opened = sheets.sheets->face.keys, .stale = {}};
}

Result<custody::RotationReport> MadeUpSession::rotate(const RotationOrder& order, TaskContext& task) {
    FAIRLEAD_OK(ask(task, "rotate keys"));
    if (order.secondPassphrase && order.secondPassphrase->view() != "right") {
        return fail(ErrorCode::WrongKey, order.second);
    }
    calls.push_back("rotate into " + order.folder.filename().string());
    return custody::RotationReport{.rows = 112'978, .tables = 41, .logEntries = 1204};
}

}  // namespace fairlead::ui::made_up
