#pragma once
// What is read of a resource; for the store_*.cpp of this module alone.
#define RESOURCE_COLUMNS                                                                                            \
    "id, title, description, kind, subject, grade_from, grade_to, stage, textbook_id, chapter_id, licence, source," \
    " source_note, attribution, language, scope, wished_scope, state, owner_person, school_id, current_version,"    \
    " latest_version, in_review, published_at, recalled_reason, created_at, updated_at, intake, holder, terms,"     \
    " valid_from, valid_until, fine"
