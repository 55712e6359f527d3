#include "ui/help/chapters.h"

#include <QCoreApplication>
#include <QFile>
#include <QStringList>

static void initialiseDocuments() {
    Q_INIT_RESOURCE(fairlead_documents);
    Q_INIT_RESOURCE(fairlead_changes);
}

namespace fairlead::ui {

std::vector<Chapter> chaptersOf(const QString& document, const QString& markdown) {
    std::vector<Chapter> found;
    bool inCode = false;
    for (const QString& line : markdown.split(QLatin1Char('\n'))) {
        inCode = inCode != line.startsWith(QLatin1String("```"));
        const bool first = found.empty() && line.startsWith(QLatin1String("# "));
        const bool heading = !inCode && line.startsWith(QLatin1String("## "));
        if (first || heading) {
            found.push_back({document, line.mid(heading ? 3 : 2).trimmed(), {}});
        }
        if (!found.empty()) {
            found.back().markdown += line + QLatin1Char('\n');
        }
    }
    return found;
}

const std::vector<Chapter>& chapters() {
    static const std::vector<Chapter> all = [] {
        initialiseDocuments();
        std::vector<Chapter> read;
        for (const char* name :
             {"handbook.md", "learning.md", "linkage-for-analysts.md", "linkage-for-statisticians.md",
              "extract-contract.md", "synthetic-city.md", "threats.md", "architecture.md"}) {
            const QString document = QString::fromLatin1(name);
            QFile file(QStringLiteral(":/docs/") + document);
            if (file.open(QIODevice::ReadOnly)) {
                const auto parts = chaptersOf(document, QString::fromUtf8(file.readAll()));
                read.insert(read.end(), parts.begin(), parts.end());
            }
        }
        if (QFile changes(QStringLiteral(":/docs/CHANGELOG.md")); changes.open(QIODevice::ReadOnly)) {
            read.push_back({QStringLiteral("CHANGELOG.md"), QCoreApplication::translate("help", "What is new"),
                            QString::fromUtf8(changes.readAll())});
        }
        return read;
    }();
    return all;
}

}  // namespace fairlead::ui
