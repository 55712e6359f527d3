// ExtractDrop: files that are dragged onto a page from elsewhere.

#pragma once

#include <QObject>
#include <filesystem>
#include <vector>

class QMimeData;
class QWidget;

namespace fairlead::ui {

/// The extracts among what is dragged: files of this computer that end in .fxt, or their manifests (.fxm), each
/// extract once, by name. Nothing when anything else is among them: it is not guessed which part was meant.
std::vector<std::filesystem::path> extractsIn(const QMimeData& dragged);

/// Lets extracts be dropped on a widget. They are only named to it; nothing is read before somebody looks at them.
class ExtractDrop final : public QObject {
    Q_OBJECT

public:
    /// `onto` is its parent.
    explicit ExtractDrop(QWidget* onto);

signals:
    /// Extracts were dropped.
    void dropped(const std::vector<std::filesystem::path>& files);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

}  // namespace fairlead::ui
