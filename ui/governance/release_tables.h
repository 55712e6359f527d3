// The tables of the page of releases. Pure.

#pragma once

#include <memory>

#include "ui/governance/releases_content.h"
#include "ui/table/table_content.h"

namespace fairlead::ui {

/// "Pupil C, Bristol Secondary School, and family": the child by the letter on the pages of each school; never a name.
QString childInWords(const release::Involvement& one);
/// To whom, how many children, for what, until when, how often shown, who signed. A row's key is its place in the
/// content.
std::shared_ptr<const TableContent> releasesTable(const ReleasesContent& content);
/// Who is involved, with whom, for what, from when until when. Keys as above.
std::shared_ptr<const TableContent> involvementsTable(const ReleasesContent& content);
/// What an act came to, as a sentence.
QString outcomeInWords(ReleaseAct::Kind kind, const ReleaseOutcome& outcome);

}  // namespace fairlead::ui
