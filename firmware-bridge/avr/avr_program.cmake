# SPDX-License-Identifier: GPL-3.0-or-later
# jh_avr_program(NAME MCU CLOCK_HZ SOURCE…): firmware/NAME.elf in the build folder, by avr-gcc.
# -gdwarf-4: its plain -g writes stabs, whose lines nobody else reads.
find_program(AVR_GCC avr-gcc REQUIRED)
function(jh_avr_program name mcu clock)
    set(elf ${CMAKE_BINARY_DIR}/firmware/${name}.elf)
    set(sources "")
    foreach(source IN LISTS ARGN)
        cmake_path(ABSOLUTE_PATH source NORMALIZE)
        list(APPEND sources ${source})
    endforeach()
    file(GLOB headers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/firmware-bridge/reference/*.h
                                        ${CMAKE_SOURCE_DIR}/firmware-bridge/abi/*.h)
    file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/firmware)
    add_custom_command(OUTPUT ${elf} DEPENDS ${sources} ${headers} VERBATIM
        COMMAND ${AVR_GCC} -std=gnu11 -mmcu=${mcu} -DF_CPU=${clock}UL -O2 -gdwarf-4 -Wall -Wextra -Werror -I${CMAKE_SOURCE_DIR}
                -o ${elf} ${sources})
    add_custom_target(${name}_elf ALL DEPENDS ${elf})
endfunction()

# jh_arduino_program(NAME MCU CLOCK_HZ SKETCH): the same of a sketch, with Debian's Arduino core.
find_program(AVR_GXX avr-g++ REQUIRED)
find_path(ARDUINO_AVR cores/arduino/Arduino.h PATHS /usr/share/arduino/hardware/arduino/avr REQUIRED)
function(jh_arduino_program name mcu clock sketch)
    set(elf ${CMAKE_BINARY_DIR}/firmware/${name}.elf)
    set(objects ${CMAKE_BINARY_DIR}/firmware/arduino-${name})
    cmake_path(ABSOLUTE_PATH sketch NORMALIZE)
    file(GLOB core_c ${ARDUINO_AVR}/cores/arduino/*.c)
    file(GLOB core_cpp ${ARDUINO_AVR}/cores/arduino/*.cpp)
    list(TRANSFORM core_c REPLACE ".*/(.*)[.]c$" "\\1.o" OUTPUT_VARIABLE core_o)
    # avr-gcc 5.4 knows DECIMAL_DIG under its own name only.
    set(flags -mmcu=${mcu} -DF_CPU=${clock}UL -DARDUINO=10807 -DARDUINO_ARCH_AVR -DDECIMAL_DIG=__DECIMAL_DIG__ -Os -gdwarf-4 -w
        -ffunction-sections -fdata-sections -I${ARDUINO_AVR}/cores/arduino -I${ARDUINO_AVR}/variants/standard)
    file(MAKE_DIRECTORY ${objects})
    add_custom_command(OUTPUT ${elf} DEPENDS ${sketch} WORKING_DIRECTORY ${objects} VERBATIM
        COMMAND ${AVR_GCC} -std=gnu11 ${flags} -c ${core_c}
        COMMAND ${AVR_GXX} -std=gnu++11 ${flags} -fno-exceptions -fno-threadsafe-statics -Wl,--gc-sections
                -include Arduino.h -o ${elf} -x c++ ${sketch} -x none ${core_cpp} ${core_o})
    add_custom_target(${name}_elf ALL DEPENDS ${elf})
endfunction()
