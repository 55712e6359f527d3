#include "app/desktop/open_session.h"

namespace fairlead::desktop {

using namespace ui;

Result<std::shared_ptr<const RecoveryContent>> WorkspaceSession::recovery(TaskContext&) {
    auto content = std::make_shared<RecoveryContent>();
    FAIRLEAD_TRY(content->sheets, custody::sheetsStanding(*m_workspace));
    return content;
}

Result<std::shared_ptr<const custody::SheetsMade>> WorkspaceSession::makeSheets(const SheetsOrder& order,
                                                                                TaskContext&) {
    FAIRLEAD_TRY(auto made, custody::makeSheets(*m_workspace, secondPerson(order.second, order.secondPassphrase),
                                                secondPerson(order.further, order.furtherPassphrase)));
    return std::make_shared<const custody::SheetsMade>(std::move(made));
}

Result<std::filesystem::path> WorkspaceSession::keepSheet(const SheetInHand& sheet, const std::filesystem::path& file,
                                                          TaskContext&) {
    FAIRLEAD_OK(custody::keepSheet(*m_workspace, custody::sheetPage(sheet.text(), sheet.which), file));
    return file;
}

Result<custody::DrillReport> WorkspaceSession::drillSheets(const SheetsTyped& sheets, TaskContext&) {
    return custody::drillSheets(*m_workspace, {sheets.first->view(), sheets.second->view()});
}

Result<custody::RotationReport> WorkspaceSession::rotate(const RotationOrder& order, TaskContext& task) {
    return custody::rotate(*m_workspace, secondPerson(order.second, order.secondPassphrase), order.folder, task);
}

}  // namespace fairlead::desktop
