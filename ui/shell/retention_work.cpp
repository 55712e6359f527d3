#include "ui/shell/retention_work.h"

#include <QDate>

#include "ui/governance/retention_page.h"
#include "ui/style/look.h"
#include "ui/style/path_choice.h"
#include "ui/style/words.h"

namespace fairlead::ui {

RetentionWork::RetentionWork(std::shared_ptr<Session> session, QObject* parent)
    : QObject(parent), m_session(std::move(session)), m_page(new RetentionPage(m_writeRunner)) {
    connect(m_page, &RetentionPage::previewRequested, this, &RetentionWork::preview);
    connect(m_page, &RetentionPage::purgeRequested, this, &RetentionWork::purge);
    connect(m_page, &RetentionPage::backUpAsked, this, [this] {
        m_page->askToBackUp(
            QStringLiteral("%1-backup-%2").arg(text(m_session->name()), QDate::currentDate().toString(Qt::ISODate)));
    });
    connect(m_page, &RetentionPage::backUpRequested, this, &RetentionWork::backUp);
    connect(m_page, &RetentionPage::certificateRequested, this, &RetentionWork::chooseCertificate);
}

void RetentionWork::read() {
    using Content = std::shared_ptr<const RetentionContent>;
    m_readRunner.setTitle(tr("Reading the ends of deliveries"));
    m_readRunner.start<Content>([session = m_session](TaskContext& task) { return session->retention(task); },
                                [this](Result<Content> content) {
                                    if (!content) {
                                        emit failed(content.error());
                                        return;
                                    }
                                    m_page->setRetention(std::move(*content));
                                });
}

void RetentionWork::preview(const std::vector<record::DeliveryId>& deliveries) {
    using Preview = std::shared_ptr<const custody::PurgePreview>;
    m_readRunner.setTitle(tr("Counting what a purge would take"));
    m_readRunner.start<Preview>(
        [session = m_session, deliveries](TaskContext& task) { return session->previewPurge(deliveries, task); },
        [this](Result<Preview> preview) {
            if (!preview) {
                emit failed(preview.error());
                return;
            }
            m_page->setPreview(std::move(*preview));
        });
}

void RetentionWork::purge(const PurgeOrder& order) {
    m_writeRunner.setTitle(tr("Purging deliveries"));
    m_writeRunner.start<custody::PurgeReport>(
        [session = m_session, order](TaskContext& task) { return session->purge(order, task); },
        [this](Result<custody::PurgeReport> report) {
            if (!report) {
                if (!m_page->showError(report.error())) {
                    emit failed(report.error());
                }
                return;
            }
            m_page->showDone();
            emit said(tr("Purge %1 is done: %2 rows are gone, and the workspace has new keys. Link its records again, "
                         "and write the certificate.")
                          .arg(number(report->purge), number(report->done.rows().went)),
                      false);
            read();
            emit purged();
        });
}

void RetentionWork::backUp(const std::filesystem::path& folder) {
    m_writeRunner.setTitle(tr("Backing up the workspace"));
    m_writeRunner.start<custody::Backup>(
        [session = m_session, folder](TaskContext& task) { return session->backUp(folder, task); },
        [this, folder](Result<custody::Backup> backup) {
            if (!backup) {
                if (!m_page->showError(backup.error())) {
                    emit failed(backup.error());
                }
                return;
            }
            m_page->closeForm();
            emit said(tr("Backed up to %1: %2 files, read back and compared.")
                          .arg(text(folder.string()), number(static_cast<std::int64_t>(backup->files.size()))),
                      false);
        });
}

void RetentionWork::chooseCertificate(std::int64_t purge) {
    chooseNew(m_page,
              {tr("Write the certificate"), tr("Certificate (*.txt)"), QStringLiteral("txt"),
               QStringLiteral("erasure-certificate-%1.txt").arg(purge)},
              [this, purge](const std::filesystem::path& file) { writeCertificate(purge, file); });
}

void RetentionWork::writeCertificate(std::int64_t purge, const std::filesystem::path& file) {
    m_readRunner.setTitle(tr("Writing a certificate"));
    m_readRunner.start<std::filesystem::path>(
        [session = m_session, purge, file](TaskContext&) { return session->writeCertificate(purge, file); },
        [this](Result<std::filesystem::path> written) {
            if (!written) {
                emit failed(written.error());
                return;
            }
            emit said(tr("Written to %1.").arg(text(written->string())), false);
        });
}

}  // namespace fairlead::ui
