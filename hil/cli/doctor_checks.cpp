// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/doctor_checks.h"

#include <fmt/format.h>
#include <grp.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "hil/cli/console.h"
#include "hil/modbus/listen_socket.h"
#include "hil/modbus/serial_port.h"
#include "hil/scenario/load.h"

namespace jh {

namespace {

namespace fs = std::filesystem;
using Mark = DoctorFinding::Mark;
using Findings = std::vector<DoctorFinding>;

std::vector<fs::path> entriesOf(const fs::path& folder) {
    std::error_code failed;
    std::vector<fs::path> entries;
    for (const auto& each : fs::directory_iterator{folder, failed}) entries.push_back(each.path());
    std::sort(entries.begin(), entries.end());
    return entries;
}

/// Whether this name of a device is one of a serial port with hardware behind it.
bool isSerialPort(const std::string& name) {
    const auto begins = [&name](const char* with) { return name.rfind(with, 0) == 0; };
    if (begins("ttyUSB") || begins("ttyACM") || begins("ttyAMA")) return true;
    // The kernel makes ttyS0 to ttyS3 whether they exist or not; type 0 is none.
    const std::string type = firstLine("/sys/class/tty/" + name + "/type");
    return begins("ttyS") && !type.empty() && type != "0";
}

/// The name under /dev/serial/by-id, which stays when adapters change places.
std::string lastingName(const fs::path& device) {
    std::error_code failed;
    for (const fs::path& link : entriesOf("/dev/serial/by-id")) {
        if (fs::equivalent(link, device, failed)) return link.string();
    }
    return {};
}

DoctorFinding portFinding(const fs::path& device) {
    const std::string lasting = lastingName(device), name = device.filename().string();
    DoctorFinding finding{Mark::ok, "serial", device.string(), {}, false, {}};
    if (!lasting.empty()) finding.what += ", lasting name " + lasting;
    if (access(device.c_str(), R_OK | W_OK) != 0) {
        finding.mark = Mark::missing;
        finding.what += ": no permission";
        finding.advice = "sudo usermod -aG dialout $USER, then log in anew";
        return finding;
    }
    const std::string timer = "/sys/bus/usb-serial/devices/" + name + "/latency_timer";
    const std::string latency_ms = firstLine(timer);
    if (!latency_ms.empty() && latency_ms != "1") {
        finding.mark = Mark::look;
        finding.what += ", holds bytes back for " + latency_ms + " ms";
        finding.advice = "echo 1 | sudo tee " + timer;
    }
    return finding;
}

bool inGroup(const char* name) {
    const group* wanted = getgrnam(name);
    std::vector<gid_t> groups(static_cast<std::size_t>(std::max(getgroups(0, nullptr), 0)));
    const int count = getgroups(static_cast<int>(groups.size()), groups.data());
    groups.resize(static_cast<std::size_t>(std::max(count, 0)));
    return wanted != nullptr &&
           std::find(groups.begin(), groups.end(), wanted->gr_gid) != groups.end();
}

DoctorFinding program(const char* name, const char* what, const char* package) {
    if (onPath(name))
        return {Mark::ok, "programs", fmt::format("{}: {}", name, what), {}, false, {}};
    return {Mark::missing,
            "programs",
            fmt::format("{}: {}", name, what),
            fmt::format("sudo apt-get install {}", package),
            false,
            {}};
}

}  // namespace

std::string firstLine(const std::string& file) {
    std::ifstream in{file};
    std::string line;
    std::getline(in, line);
    return line;
}

Findings basicFindings() {
    Findings all;
    const fs::path data = dataFolder();
    const bool found = fs::is_directory(data / "scales") && fs::is_directory(data / "indicators");
    all.push_back({found ? Mark::ok : Mark::missing,
                   "data",
                   "shipped files in " + data.string(),
                   found ? "" : "set JIANHENG_DATA to the folder scenarios of the source",
                   true,
                   {}});
    const auto socket = openListenSocket("127.0.0.1", 0);
    if (socket) ::close(socket->descriptor);
    all.push_back({socket ? Mark::ok : Mark::missing,
                   "network",
                   "TCP on this machine",
                   socket ? "" : socket.error().text,
                   true,
                   {}});
    const auto pty = PtyPair::open(9600, CharacterFormat::n82);
    all.push_back({pty ? Mark::ok : Mark::missing,
                   "serial",
                   "pseudo terminals, for --pty",
                   pty ? "" : "mount devpts at /dev/pts; in a container start it with a terminal",
                   true,
                   {}});
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    constexpr rlim_t enough = 4096;
    all.push_back(
        {files.rlim_cur >= enough ? Mark::ok : Mark::look,
         "network",
         fmt::format("{} open files, one for each port and each connection", files.rlim_cur),
         files.rlim_cur >= enough ? "" : "ulimit -n 65536",
         false,
         {{"open_files", static_cast<double>(files.rlim_cur)}}});
    const std::string firstPort = firstLine("/proc/sys/net/ipv4/ip_unprivileged_port_start");
    const bool low = geteuid() == 0 || (!firstPort.empty() && std::stoi(firstPort) <= 502);
    all.push_back({low ? Mark::ok : Mark::look,
                   "network",
                   "port 502, the usual one of Modbus",
                   low ? ""
                       : "serve at a port from 1024 on, or sudo setcap "
                         "cap_net_bind_service=+ep $(command -v jianheng)",
                   false,
                   {}});
    return all;
}

Findings serialFindings() {
    Findings all;
    for (const fs::path& entry : entriesOf("/sys/class/tty")) {
        const std::string name = entry.filename().string();
        const fs::path device = fs::path{"/dev"} / name;
        if (isSerialPort(name) && fs::exists(device)) all.push_back(portFinding(device));
    }
    if (all.empty()) {
        all.push_back({Mark::look,
                       "serial",
                       "no serial port",
                       "plug a USB adapter for RS-485 or RS-232 in; not needed for TCP",
                       false,
                       {}});
    }
    const bool member = geteuid() == 0 || inGroup("dialout");
    all.push_back({member ? Mark::ok : Mark::look,
                   "serial",
                   "group dialout, for serial ports",
                   member ? "" : "sudo usermod -aG dialout $USER, then log in anew",
                   false,
                   {}});
    return all;
}

Findings softwareFindings() {
    Findings all;
    bool library = false;
    for (const char* folder : {"/usr/lib", "/usr/lib64", "/usr/lib/x86_64-linux-gnu",
                               "/usr/lib/aarch64-linux-gnu", "/usr/local/lib"}) {
        library = library || fs::exists(fs::path{folder} / "libGL.so.1");
    }
    all.push_back({library ? Mark::ok : Mark::missing,
                   "app",
                   "OpenGL library, for the app",
                   library ? "" : "sudo apt-get install libgl1 libgl1-mesa-dri",
                   false,
                   {}});
    const bool display =
        std::getenv("DISPLAY") != nullptr || std::getenv("WAYLAND_DISPLAY") != nullptr;
    all.push_back({display ? Mark::ok : Mark::look,
                   "app",
                   "a display, for the app",
                   display ? "" : "log in at the desktop, or xvfb-run for tests without a screen",
                   false,
                   {}});
    all.push_back(program("weasyprint", "prints PDF forms", "weasyprint fonts-noto-cjk"));
    all.push_back(program("chromium", "opens HTML reports in tests", "chromium"));
    all.push_back(program("tshark", "reads what --pcap writes", "tshark (or wireshark)"));
    return all;
}

}  // namespace jh
