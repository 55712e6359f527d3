// Every page with made-up content, for what must be true of all of them.

#pragma once

#include <QWidget>
#include <memory>
#include <vector>

namespace fairlead::ui {
class TaskRunner;
}

namespace fairlead::ui::made_up {

/// A page and what a failed check calls it.
struct NamedPage {
    const char* name;
    std::unique_ptr<QWidget> widget;
};

/// What stands where a page can show names or pseudonyms.
enum class Names { Hidden, Shown };

/// Every page, part and dialog. `runner` outlives them.
std::vector<NamedPage> everyPage(TaskRunner& runner, Names names = Names::Hidden);

}  // namespace fairlead::ui::made_up
