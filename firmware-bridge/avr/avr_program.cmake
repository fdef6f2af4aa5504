# SPDX-License-Identifier: GPL-3.0-or-later
# jh_avr_program(NAME MCU CLOCK_HZ SOURCE…): firmware/NAME.elf in the build folder, by avr-gcc.
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
        COMMAND ${AVR_GCC} -std=gnu11 -mmcu=${mcu} -DF_CPU=${clock}UL -O2 -g -Wall -Wextra -Werror -I${CMAKE_SOURCE_DIR}
                -o ${elf} ${sources})
    add_custom_target(${name}_elf ALL DEPENDS ${elf})
endfunction()
