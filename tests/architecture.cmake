# SPDX-License-Identifier: GPL-3.0-or-later
# Fails when a source file includes or calls what its folder may not (docs/architecture.md).
#   cmake -DROOT=/path/to/tree -P tests/architecture.cmake

cmake_minimum_required(VERSION 3.25)

# What each folder may include, besides itself. A folder without a row may not exist.
# Rows: FOLDER "project includes" "third-party and system headers"; plain standard headers are free.
set(stdC "(stdbool|stddef|stdint|string)[.]h")
set(rows
    sim/base                  ""                                             "tl/expected[.]hpp"
    sim/model                 "sim/base/"                                    ""
    sim/fault                 "sim/(base|model)/"                            ""
    sim/deck                  "sim/(base|model)/"                            "Eigen/"
    sim/cell                  "sim/(base|model)/"                            ""
    sim/site                  "sim/(base|model)/"                            ""
    sim/vehicle               "sim/(base|model)/"                            "(Bullet(Collision|Dynamics)|LinearMath)/|bt"
    sim/plant                 "sim/"                                         ""
    firmware-bridge/abi       ""                                             "${stdC}"
    firmware-bridge/adc       "(firmware-bridge/abi|sim/(base|model))/"      ""
    firmware-bridge/host      "sim/base/"                                    ""
    firmware-bridge/board     "sim/base/"                                    ""
    firmware-bridge/display   "sim/base/"                                    ""
    firmware-bridge/image     "sim/base/"                                    "(dwarf|elfutils/libdw|gelf|libelf)[.]h"
    firmware-bridge/program   "firmware-bridge/(board|host|image)/"          "(fcntl|unistd)[.]h"
    firmware-bridge/avr       "(firmware-bridge/(adc|board|display|host|image|program)|sim/base)/" "simavr/|(arpa/inet|fcntl|sys/socket|unistd)[.]h"
    firmware-bridge/mailbox   ""                                             "${stdC}"
    firmware-bridge/mailbox/freestanding ""                                  "${stdC}"
    firmware-bridge/cortexm   "(firmware-bridge/(adc|board|host|image|mailbox|program)|sim/base)/" "sys/(mman|prctl|socket|wait)[.]h|(fcntl|poll|signal|unistd)[.]h"
    firmware-bridge/native    "(firmware-bridge/(abi|adc|board|host|image|program)|sim/(base|model))/" "(dlfcn|execinfo|setjmp|signal)[.]h|sys/(prctl|time)[.]h"
    firmware-bridge/reference "firmware-bridge/abi/"                         "${stdC}"
    firmware-bridge/template  "firmware-bridge/reference/"                   ""
    firmware-bridge/reference/boards "firmware-bridge/(abi|mailbox|reference)/" "(avr|util)/|${stdC}"
    hil/port                  "sim/(base|model)/"                            ""
    hil/indicator             "(hil/modbus|firmware-bridge/(native|reference)|sim/(base|model))/" "fmt/"
    hil/modbus                "(hil/port|sim/(base|model))/"                 "modbus/|(arpa|netinet|sys)/|linux/serial[.]h|(fcntl|netdb|poll|termios|unistd)[.]h"
    hil/serial                "(hil/port|sim/(base|model))/"                 ""
    hil/procedure             "(hil/port|sim/(base|model))/"                 "fmt/"
    hil/scenario              "(hil/(indicator|modbus|procedure)|firmware-bridge/(adc|board)|sim/(base|model|fault|site))/" "yaml-cpp/|fmt/"
    hil/loop                  "(hil/(modbus|port)|firmware-bridge/(adc|host|native)|sim)/" "(poll|pthread|sched|signal|spawn|unistd)[.]h|sys/(mman|socket|wait)[.]h"
    hil/driver                "(hil/(indicator|loop|modbus|port)|firmware-bridge/(native|reference)|sim/(base|model|plant))/" "fmt/"
    hil/report                "(hil/(port|procedure|scenario)|sim/(base|model))/" "nlohmann/|fmt/|hdf5[.]h"
    hil/suite                 "(hil/(procedure|report|scenario)|sim/(base|model))/" "nlohmann/|fmt/|sqlite3[.]h|sys/|unistd[.]h|(fcntl|fnmatch|glob)[.]h"
    hil/paper                 "(hil/(procedure|report|scenario)|sim/(base|model))/" "fmt/"
    # conform reports as hil/paper does, and asks below hil/driver what no client would ask
    hil/conform               "(hil/(driver|indicator|modbus|paper|port|report)|sim/(base|model))/" "nlohmann/|fmt/"
    hil/mutants               "(hil/(scenario|suite)|sim/base)/"             "fmt/|sys/|(fcntl|spawn|unistd)[.]h"
    hil/cli                   "(hil|firmware-bridge/(board|host|image|native|reference)|sim)/" "CLI/|nlohmann/|fmt/|sys/|(fcntl|grp|sched|spawn|unistd)[.]h")

set(broken 0)
function(complain)
    string(JOIN "" text ${ARGN})
    message("${text}")
    math(EXPR count "${broken} + 1")
    set(broken ${count} PARENT_SCOPE)
endfunction()

# forbid(FOLDER PATTERN WHY): no line of code in FOLDER matches; comments do not count.
function(forbid folder pattern why)
    file(GLOB_RECURSE files RELATIVE ${ROOT} ${ROOT}/${folder}/*.h ${ROOT}/${folder}/*.cpp ${ROOT}/${folder}/*.c)
    foreach(file IN LISTS files)
        file(STRINGS ${ROOT}/${file} hits ENCODING UTF-8 REGEX "${pattern}")
        foreach(hit IN LISTS hits)
            string(REGEX REPLACE "//.*|/[*].*|^ *[*] .*" "" code "${hit}")
            if(code MATCHES "${pattern}")
                complain("${file}: ${hit} (${why})")
            endif()
        endforeach()
    endforeach()
    set(broken ${broken} PARENT_SCOPE)
endfunction()

# Every #include of a folder against its row.
function(check_includes folder project foreign)
    file(GLOB files RELATIVE ${ROOT} ${ROOT}/${folder}/*.h ${ROOT}/${folder}/*.cpp ${ROOT}/${folder}/*.c)
    foreach(file IN LISTS files)
        file(STRINGS ${ROOT}/${file} lines ENCODING UTF-8 REGEX "^ *# *include")
        foreach(line IN LISTS lines)
            string(REGEX REPLACE "^ *# *include *([<\"][^>\"]*[>\"]).*" "\\1" include "${line}")
            if(include MATCHES "^\"${folder}/[a-z0-9_]+[.]h\"$" OR include MATCHES "^<[a-z0-9_]+>$")
                continue()
            elseif(project AND include MATCHES "^\"(${project})")
                continue()
            elseif(foreign AND include MATCHES "^<(${foreign})")
                continue()
            endif()
            complain("${file}: ${include} may not be included in ${folder}")
        endforeach()
    endforeach()
    set(broken ${broken} PARENT_SCOPE)
endfunction()

set(known "")
while(rows)
    list(POP_FRONT rows folder)
    list(POP_FRONT rows project)
    list(POP_FRONT rows foreign)
    list(APPEND known ${folder})
    check_includes(${folder} "${project}" "${foreign}")
endwhile()

foreach(house sim firmware-bridge hil)
    file(GLOB_RECURSE files RELATIVE ${ROOT} ${ROOT}/${house}/*.h ${ROOT}/${house}/*.cpp ${ROOT}/${house}/*.c)
    foreach(file IN LISTS files)
        cmake_path(GET file PARENT_PATH folder)
        if(NOT folder IN_LIST known)
            complain("${file}: no row for ${folder} in tests/architecture.cmake")
        endif()
    endforeach()
endforeach()

# Time is an argument, chance is a named stream, and there is one thread.
set(clocks "_clock|clock_gettime|gettimeofday|[^a-z_]time[(]")
set(luck "random_device|mt19937|_distribution|[^a-z_]s?rand[(]")
set(threads "<(thread|mutex|future|condition_variable|atomic)>|std::(thread|jthread|mutex|async|atomic)")
set(output "std::(cout|cerr|clog)|printf[(]|<(iostream|fstream|cstdio)>|getenv")
foreach(house sim firmware-bridge)
    forbid(${house} "${clocks}" "no clock: time is an argument")
    forbid(${house} "${luck}" "no luck but sim/base/noise.h")
    forbid(${house} "${threads}" "no threads")
endforeach()
foreach(folder sim/model sim/deck sim/cell sim/site sim/fault sim/plant firmware-bridge)
    forbid(${folder} "${output}" "no files, no terminal, no environment")
endforeach()
forbid(hil/suite "${clocks}|${threads}" "the date is an argument, jobs are processes")
forbid(hil/procedure "${clocks}|${luck}|${threads}" "a procedure has bench time only")
foreach(folder hil/port hil/procedure hil/modbus hil/serial hil/scenario hil/report hil/paper hil/driver)
    forbid(${folder} "<(thread|future|condition_variable)>" "threads start in hil/loop and the programs")
endforeach()

# The C library's last digit depends on the CPU (docs/adr/0007): use sim/base/portable_math.h.
# Exact to the last bit everywhere, so free: sqrt, fabs, floor, ceil, lround, ldexp, frexp.
set(libm "exp|exp2|expm1|log|log2|log10|log1p|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|pow|cbrt|hypot|erf|tgamma|lgamma")
foreach(house sim firmware-bridge)
    forbid(${house} "(^|[^A-Za-z0-9_])(${libm})f?[(]" "other bits on other CPUs: portable_math")
endforeach()
forbid(sim "unordered_(map|set)" "iteration order is not fixed")
forbid(firmware-bridge/reference "(^|[^A-Za-z0-9_])(float|double|malloc|calloc|realloc|free)([^A-Za-z0-9_]|$)"
       "the firmware has integers and no heap (docs/adr/0008)")

# One file knows HDF5 (docs/adr/0010).
file(GLOB files RELATIVE ${ROOT} ${ROOT}/hil/report/*.h ${ROOT}/hil/report/*.cpp)
foreach(file IN LISTS files)
    file(STRINGS ${ROOT}/${file} hits REGEX "include <hdf5[.]h>")
    if(hits AND NOT file STREQUAL "hil/report/recording.cpp")
        complain("${file}: HDF5 belongs into hil/report/recording.cpp only")
    endif()
endforeach()

# One file knows SQLite (docs/adr/0011).
file(GLOB files RELATIVE ${ROOT} ${ROOT}/hil/suite/*.h ${ROOT}/hil/suite/*.cpp)
foreach(file IN LISTS files)
    file(STRINGS ${ROOT}/${file} hits REGEX "include <sqlite3[.]h>")
    if(hits AND NOT file STREQUAL "hil/suite/trend.cpp")
        complain("${file}: SQLite belongs into hil/suite/trend.cpp only")
    endif()
endforeach()

# The truth leaves the simulation by one door, and few may stand at it.
file(GLOB_RECURSE files RELATIVE ${ROOT} ${ROOT}/hil/*.h ${ROOT}/hil/*.cpp)
foreach(file IN LISTS files)
    file(STRINGS ${ROOT}/${file} hits REGEX "include \"hil/port/truth[.]h\"")
    if(hits AND NOT file MATCHES "^hil/(procedure/(bench|record)[.]h|loop/[a-z_]+[.](h|cpp)|port/[a-z_]+[.]h)$")
        complain("${file}: hil/port/truth.h is for the ground-truth column only")
    endif()
endforeach()

if(broken)
    message(FATAL_ERROR "${broken} lines break the architecture")
endif()
message("architecture holds")
