// RetentionWork: the page about the end of deliveries and the work behind it.

#pragma once

#include <QObject>
#include <filesystem>
#include <memory>

#include "ui/shell/session.h"
#include "ui/task/task_runner.h"

namespace fairlead::ui {

class RetentionPage;

/// A part of the Desk. Its page is made here and owned by whatever it is put into.
class RetentionWork final : public QObject {
    Q_OBJECT

public:
    explicit RetentionWork(std::shared_ptr<Session> session, QObject* parent);

    [[nodiscard]] RetentionPage* page() const { return m_page; }
    /// What runs readings and counts.
    [[nodiscard]] TaskRunner& readRunner() { return m_readRunner; }
    /// What runs purges and backups.
    [[nodiscard]] TaskRunner& writeRunner() { return m_writeRunner; }
    /// Reads what the page shows.
    void read();
    /// Writes the certificate of a purge.
    void writeCertificate(std::int64_t purge, const std::filesystem::path& file);

signals:
    /// A sentence for the reader.
    void said(const QString& words, bool isError);
    /// Something could not be done.
    void failed(const fairlead::Error& error);
    /// Rows are gone: whatever rests on them is to be read again.
    void purged();

private:
    void preview(const std::vector<record::DeliveryId>& deliveries);
    void purge(const PurgeOrder& order);
    void backUp(const std::filesystem::path& folder);
    void chooseCertificate(std::int64_t purge);

    std::shared_ptr<Session> m_session;
    TaskRunner m_readRunner;
    TaskRunner m_writeRunner;
    RetentionPage* m_page;
};

}  // namespace fairlead::ui
