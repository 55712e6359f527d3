#include "ui/text/posture_words.h"

#include <array>

namespace fairlead::text {

namespace {

struct Words {
    const char* title;
    /// In the order of Standing; nullptr where a topic never stands so.
    std::array<const char*, 4> sentences;
};

// In the order of Topic.
constexpr std::array<Words, posture::kTopics> kWords = {{
    {FAIRLEAD_TEXT("posture", "Disk"),
     {FAIRLEAD_TEXT("posture", "The workspace lies on an encrypted disk (dm-crypt)."),
      FAIRLEAD_TEXT(
          "posture",
          "No encryption of the disk is seen. A disk or a host that encrypts by itself cannot be seen from here. The "
          "workspace's own files are encrypted; what you export is not."),
      nullptr,
      FAIRLEAD_TEXT(
          "posture",
          "The system does not say what the workspace lies on. Ask whoever looks after the computer whether its disk "
          "is encrypted.")}},
    {FAIRLEAD_TEXT("posture", "Place of the workspace"),
     {FAIRLEAD_TEXT("posture", "The workspace lies on a disk of this computer."),
      FAIRLEAD_TEXT("posture", "The workspace lies in memory: it is gone when the computer is switched off."),
      FAIRLEAD_TEXT("posture",
                    "The workspace lies on a network share: whoever runs that server can copy it and put older copies "
                    "back, and what "
                    "is written may be lost. Move it to a disk of this computer."),
      FAIRLEAD_TEXT("posture", "The system does not say whether the workspace lies on a disk of this computer.")}},
    {FAIRLEAD_TEXT("posture", "Rights on the folder"),
     {FAIRLEAD_TEXT("posture", "Only your account may read the workspace's files."),
      FAIRLEAD_TEXT("posture", "The workspace belongs to another account of this computer, which may change it."),
      FAIRLEAD_TEXT(
          "posture",
          "Other accounts of this computer may read files of the workspace and copy them. Take the rights of group and "
          "others from its folder (chmod go= FOLDER)."),
      nullptr}},
    {FAIRLEAD_TEXT("posture", "Swap"),
     {FAIRLEAD_TEXT("posture", "Memory is written to no disk, or only encrypted."),
      FAIRLEAD_TEXT("posture", "Memory may be written to a place whose encryption cannot be seen."),
      FAIRLEAD_TEXT("posture",
                    "Memory may be written to a disk in the clear: names that were on the screen can be found there "
                    "later. Have the "
                    "swap encrypted or switched off."),
      FAIRLEAD_TEXT("posture", "The system does not say whether memory may be written to a disk.")}},
    {FAIRLEAD_TEXT("posture", "Core files"),
     {FAIRLEAD_TEXT("posture", "A crash of the program leaves no copy of its memory."), nullptr,
      FAIRLEAD_TEXT("posture", "A crash of the program may leave a copy of its memory on the disk."), nullptr}},
    {FAIRLEAD_TEXT("posture", "Memory of the program"),
     {FAIRLEAD_TEXT("posture", "Other programs of your account cannot look into it; the computer's administrator can."),
      nullptr, FAIRLEAD_TEXT("posture", "Other programs of your account can look into it."), nullptr}},
    {FAIRLEAD_TEXT("posture", "Keys in memory"),
     {FAIRLEAD_TEXT("posture", "Keys, and the memory of the databases, are kept out of the swap."),
      FAIRLEAD_TEXT("posture",
                    "The system allows little memory to be kept out of the swap: some of the databases' memory may be "
                    "written there."),
      nullptr, nullptr}},
    {FAIRLEAD_TEXT("posture", "Network"),
     {FAIRLEAD_TEXT("posture", "The program cannot open a connection to another computer: the kernel refuses it."),
      nullptr,
      FAIRLEAD_TEXT("posture",
                    "The program could open connections: it was started with --remote-display, or the kernel has no "
                    "filter. What is on "
                    "a remote screen travels over the network."),
      nullptr}},
    {FAIRLEAD_TEXT("posture", "Reading of extracts"),
     {FAIRLEAD_TEXT("posture", "Extracts are read by a process that may read one file and do nothing else."),
      FAIRLEAD_TEXT("posture",
                    "The process that reads extracts gives up less than it could: this kernel lacks a part."),
      FAIRLEAD_TEXT(
          "posture",
          "The process that reads extracts can do what your account can: this kernel lacks what would keep it in."),
      nullptr}},
    {FAIRLEAD_TEXT("posture", "Lock of the screen"),
     {FAIRLEAD_TEXT("posture", "The workspace closes when the screen is locked or another user comes to it."),
      FAIRLEAD_TEXT(
          "posture",
          "The workspace closes with the screen saver; a switch of users is not heard. Lock it yourself (Ctrl+L)."),
      FAIRLEAD_TEXT(
          "posture",
          "The lock of the screen is not heard. The workspace closes after some minutes without use; lock it yourself "
          "(Ctrl+L) when you leave."),
      nullptr}},
    {FAIRLEAD_TEXT("posture", "Sleep"),
     {FAIRLEAD_TEXT("posture", "The computer waits with sleep until the workspace is closed."), nullptr,
      FAIRLEAD_TEXT(
          "posture",
          "The computer may sleep, or write its memory to the disk, while the workspace is open. Lock it first."),
      nullptr}},
    {FAIRLEAD_TEXT("posture", "Screen and keys"),
     {FAIRLEAD_TEXT("posture", "Other programs do not see this window or what you type (Wayland)."), nullptr,
      FAIRLEAD_TEXT("posture",
                    "Under X11 every program on this screen can see the window and what you type, the passphrase too. "
                    "Run no programs "
                    "that you do not trust; a Wayland session is safer."),
      FAIRLEAD_TEXT("posture", "It is not known whether other programs see this window.")}},
    {FAIRLEAD_TEXT("posture", "Clock"),
     {FAIRLEAD_TEXT("posture", "The computer's clock is kept right."),
      FAIRLEAD_TEXT("posture",
                    "Nothing keeps the computer's clock right: times in the audit log, and the days on which things "
                    "end, may be wrong."),
      nullptr, FAIRLEAD_TEXT("posture", "The system does not say whether anything keeps its clock right.")}},
    {FAIRLEAD_TEXT("posture", "Roles"),
     {FAIRLEAD_TEXT("posture", "No one person can do, and check, the same thing: the roles are separated."),
      FAIRLEAD_TEXT("posture",
                    "The roles are not separated: somebody can do and check the same thing, and briefings say so."),
      nullptr, nullptr}},
}};

constexpr std::array<const char*, 4> kStandings = {FAIRLEAD_TEXT("posture", "protected"),
                                                   FAIRLEAD_TEXT("posture", "weak"), FAIRLEAD_TEXT("posture", "open"),
                                                   FAIRLEAD_TEXT("posture", "not known")};

std::string said(const char* english, const Translate& translate) {
    return translate ? translate(english) : std::string(english);
}

}  // namespace

std::string title(posture::Topic topic, const Translate& translate) {
    return said(kWords.at(static_cast<std::size_t>(topic)).title, translate);
}

std::string word(posture::Standing standing, const Translate& translate) {
    return said(kStandings.at(static_cast<std::size_t>(standing)), translate);
}

std::string sentence(const posture::Finding& finding, const Translate& translate) {
    const char* english =
        kWords.at(static_cast<std::size_t>(finding.topic)).sentences.at(static_cast<std::size_t>(finding.standing));
    return english == nullptr ? std::string() : said(english, translate);
}

}  // namespace fairlead::text
