#include "ui/sources/extract_drop.h"

#include <QDropEvent>
#include <QMimeData>
#include <QUrl>
#include <QWidget>
#include <algorithm>

namespace fairlead::ui {

std::vector<std::filesystem::path> extractsIn(const QMimeData& dragged) {
    std::vector<std::filesystem::path> files;
    for (const QUrl& url : dragged.urls()) {
        std::filesystem::path file(url.toLocalFile().toStdString());
        if (!url.isLocalFile() || (file.extension() != ".fxt" && file.extension() != ".fxm")) {
            return {};
        }
        files.push_back(file.replace_extension(".fxt"));
    }
    std::ranges::sort(files);
    const auto same = std::ranges::unique(files);
    files.erase(same.begin(), same.end());
    return files;
}

ExtractDrop::ExtractDrop(QWidget* onto) : QObject(onto) {
    onto->setAcceptDrops(true);
    onto->installEventFilter(this);
}

bool ExtractDrop::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::DragEnter && event->type() != QEvent::Drop) {
        return QObject::eventFilter(watched, event);
    }
    auto* drop = static_cast<QDropEvent*>(event);
    const auto files = extractsIn(*drop->mimeData());
    if (files.empty()) {
        drop->ignore();
        return true;
    }
    // Copied, never moved: the sender's files stay where they are.
    drop->setDropAction(Qt::CopyAction);
    drop->accept();
    if (event->type() == QEvent::Drop) {
        emit dropped(files);
    }
    return true;
}

}  // namespace fairlead::ui
