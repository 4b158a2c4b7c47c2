"""The knowledge base and templates of answers, below /desk/knowledge/."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.desk.knowledge import article, export, listing, templates_page, writing

urlpatterns: list[URLPattern | URLResolver] = [
    path("", listing.published, name="knowledge"),
    path("drafts/", listing.drafts, name="knowledge_drafts"),
    path("due/", listing.due, name="knowledge_due"),
    path("ended/", listing.ended, name="knowledge_ended"),
    path("new/", writing.new, name="article_new"),
    path("export/", export.export, name="knowledge_export"),
    path("templates/", templates_page.templates, name="answer_templates"),
    path("templates/new/", templates_page.new, name="answer_template_new"),
    path("templates/<row:template_id>/", templates_page.change, name="answer_template"),
    path("templates/<row:template_id>/end/", templates_page.end, name="answer_template_end"),
    path("<row:article_id>/", article.article, name="article"),
    path("<row:article_id>/change/", writing.change, name="article_change"),
    path("<row:article_id>/publish/", article.publish, name="article_publish"),
    path("<row:article_id>/back/", article.send_back, name="article_back"),
    path("<row:article_id>/confirm/", article.confirm, name="article_confirm"),
    path("<row:article_id>/withdraw/", article.withdraw, name="article_withdraw"),
    path("<row:article_id>/drop/", article.drop, name="article_drop"),
]
