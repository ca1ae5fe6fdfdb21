"""Addresses of the moderation area, in lists by audience."""

from django.urls import path

from .views import queue, review

work = [
    path("reviews/", queue.reviews, name="reviews"),
    path("reviews/news/", queue.news, name="reviews_news"),
    path("reviews/<id:review_id>/", review.review, name="review"),
    path("reviews/<id:review_id>/claim/", review.claim, name="claim"),
    path("reviews/<id:review_id>/release/", review.release, name="release"),
    path("reviews/<id:review_id>/decide/", review.decide, name="decide"),
    path("reviews/take-away/<slug:kind>/<id:subject_id>/", review.take_away, name="take_away"),
]
