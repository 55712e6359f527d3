# The schemas are compiled in, so that the program never runs with another one.
function(fairlead_embed_schemas)
    set(folder "${CMAKE_SOURCE_DIR}/resources/schema")
    file(READ "${folder}/core.sql" FAIRLEAD_CORE_SQL)
    file(READ "${folder}/core_2.sql" FAIRLEAD_CORE_2_SQL)
    file(READ "${folder}/core_3.sql" FAIRLEAD_CORE_3_SQL)
    file(READ "${folder}/core_4.sql" FAIRLEAD_CORE_4_SQL)
    file(READ "${folder}/both_5.sql" FAIRLEAD_BOTH_5_SQL)
    file(READ "${folder}/identity.sql" FAIRLEAD_IDENTITY_SQL)
    file(READ "${folder}/identity_3.sql" FAIRLEAD_IDENTITY_3_SQL)
    file(READ "${folder}/identity_6.sql" FAIRLEAD_IDENTITY_6_SQL)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS 
        "${folder}/core.sql" "${folder}/core_2.sql" "${folder}/core_3.sql" "${folder}/core_4.sql"
        "${folder}/both_5.sql" "${folder}/identity.sql" "${folder}/identity_3.sql" "${folder}/identity_6.sql")
    set(made "${CMAKE_CURRENT_BINARY_DIR}/workspace/built_in.cpp")
    configure_file("${CMAKE_SOURCE_DIR}/core/workspace/built_in.cpp.in" "${made}" @ONLY)
    target_sources(fairlead_workspace PRIVATE "${made}")
endfunction()
fairlead_embed_schemas()
