#include "ui/text/explain.h"

#include <array>

#include "ui/text/sentences.h"

namespace fairlead::text {

namespace {

std::string translated(const char* english, const Translate& translate) {
    return translate ? translate(english) : std::string(english);
}

/// The template with its one `{}` replaced. Not fmt: the subject is data and must not be read as a format.
std::string filled(std::string sentence, std::string_view subject) {
    if (const auto at = sentence.find("{}"); at != std::string::npos) {
        sentence.replace(at, 2, subject);
    }
    return sentence;
}

}  // namespace

Explanation explain(const Error& error, const Translate& translate) {
    const Sentences& sentences = sentencesFor(error);
    const std::string subject = error.subject.empty() ? translated(sentences.noun, translate) : error.subject;
    return {filled(translated(sentences.what, translate), subject), translated(sentences.meaning, translate),
            translated(sentences.remedy, translate)};
}

std::string paragraph(const Explanation& explanation) {
    return explanation.what + " " + explanation.meaning + " " + explanation.remedy;
}

std::string phrase(Phase phase, const Translate& translate) { return translated(phraseFor(phase), translate); }

}  // namespace fairlead::text
