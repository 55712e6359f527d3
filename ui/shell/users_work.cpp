#include "ui/shell/users_work.h"

#include <QDialog>

#include "ui/governance/users_page.h"
#include "ui/style/path_choice.h"
#include "ui/style/words.h"

namespace fairlead::ui {

UsersWork::UsersWork(std::shared_ptr<Session> session, QObject* parent)
    : QObject(parent), m_session(std::move(session)), m_page(new UsersPage(m_rotationRunner)) {
    connect(m_page, &UsersPage::changeRequested, this, &UsersWork::change);
    connect(m_page, &UsersPage::sheetsRequested, this, &UsersWork::makeSheets);
    connect(m_page, &UsersPage::sheetFileRequested, this, &UsersWork::chooseSheetFile);
    connect(m_page, &UsersPage::drillRequested, this, &UsersWork::drill);
    connect(m_page, &UsersPage::rotationRequested, this, &UsersWork::rotate);
    connect(m_page, &UsersPage::workspaceRequested, this, &UsersWork::workspaceRequested);
}

template <typename T, typename Work, typename Take>
void UsersWork::act(TaskRunner& runner, Work work, Take take) {
    runner.start<T>(std::move(work), [this, take = std::move(take)](Result<T> result) {
        if (result) {
            take(std::move(*result));
        } else if (!m_page->showError(result.error())) {
            emit failed(result.error());
        }
    });
}

template <typename T, typename Work, typename Take>
void UsersWork::start(Work work, Take take) {
    m_runner.start<T>(std::move(work), [this, take = std::move(take)](Result<T> result) {
        if (!result) {
            emit failed(result.error());
            return;
        }
        take(std::move(*result));
    });
}

void UsersWork::read() {
    m_runner.setTitle(tr("Reading who may open the workspace"));
    start<std::shared_ptr<const UsersContent>>(
        [session = m_session](TaskContext& task) { return session->users(task); },
        [this](auto users) {
            m_page->setUsers(std::move(users));
            if (m_page->content()->mayRecover) {
                readRecovery();
            }
        });
}

void UsersWork::readRecovery() {
    m_runner.setTitle(tr("Reading how the recovery sheets stand"));
    start<std::shared_ptr<const RecoveryContent>>(
        [session = m_session](TaskContext& task) { return session->recovery(task); },
        [this](auto recovery) { m_page->setRecovery(std::move(recovery)); });
}

void UsersWork::change(const UserChange& wanted) {
    m_runner.setTitle(tr("Changing who may open the workspace"));
    act<std::shared_ptr<const UsersContent>>(
        m_runner, [session = m_session, wanted](TaskContext& task) { return session->changeUsers(wanted, task); },
        [this](auto users) {
            m_page->closeForm();
            m_page->setUsers(std::move(users));
            emit said(tr("Changed. The change is in the audit log."), false);
        });
}

void UsersWork::makeSheets(const SheetsOrder& order) {
    m_runner.setTitle(tr("Making recovery sheets"));
    act<std::shared_ptr<const custody::SheetsMade>>(
        m_runner, [session = m_session, order](TaskContext& task) { return session->makeSheets(order, task); },
        [this](auto made) {
            m_page->showSheets(std::move(made));
            readRecovery();
        });
}

void UsersWork::chooseSheetFile(const SheetInHand& sheet) {
    auto* dialog = chooseNew(m_page,
                             {tr("Write the sheet"), tr("Text (*.txt)"), QStringLiteral("txt"),
                              QStringLiteral("recovery-sheet-%1.txt").arg(sheet.which)},
                             [this, sheet](const std::filesystem::path& file) { keepSheet(sheet, file); });
    connect(dialog, &QDialog::rejected, m_page, [this] { m_page->showError(Error{ErrorCode::Cancelled, {}, {}}); });
}

void UsersWork::keepSheet(const SheetInHand& sheet, const std::filesystem::path& file) {
    m_runner.setTitle(tr("Writing a recovery sheet"));
    act<std::filesystem::path>(
        m_runner,
        [session = m_session, sheet, file](TaskContext& task) { return session->keepSheet(sheet, file, task); },
        [this](const std::filesystem::path& kept) { m_page->showKept(kept); });
}

void UsersWork::drill(const SheetsTyped& sheets) {
    m_runner.setTitle(tr("Trying the recovery sheets"));
    act<custody::DrillReport>(
        m_runner, [session = m_session, sheets](TaskContext& task) { return session->drillSheets(sheets, task); },
        [this](const custody::DrillReport& report) {
            m_page->showDrill(report);
            readRecovery();
        });
}

void UsersWork::rotate(const RotationOrder& order) {
    m_rotationRunner.setTitle(tr("Rotating keys"));
    act<custody::RotationReport>(
        m_rotationRunner, [session = m_session, order](TaskContext& task) { return session->rotate(order, task); },
        [this, folder = order.folder](const custody::RotationReport& report) { m_page->showRotated(report, folder); });
}

}  // namespace fairlead::ui
