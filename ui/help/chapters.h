// Chapters: the handbook and the other documents that ship with the program, cut at their second headings.

#pragma once

#include <QString>
#include <vector>

namespace fairlead::ui {

/// A part of a document.
struct Chapter {
    QString document;  ///< "handbook.md".
    QString title;     ///< "3 Reading a figure"; of the part before the first heading, the document's title.
    QString markdown;  ///< With its heading.
};

/// Every chapter, the handbook's first.
const std::vector<Chapter>& chapters();

/// The document cut up; for tests as well.
std::vector<Chapter> chaptersOf(const QString& document, const QString& markdown);

}  // namespace fairlead::ui
