package api

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"interdict/internal/clerk"
	"interdict/internal/follow"
)

type followingIn struct{}

type releasesIn struct {
	Purpose string `header:"Purpose" maxLength:"300" doc:"what it is read for; it stands in the ledger"`
}

type followingOut struct {
	CacheControl string `header:"Cache-Control"`
	Body         follow.Status
}

type releasesOut struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Releases []clerk.Release `json:"releases"`
	}
}

// following is there at an institution that follows an authority.
func (s *server) following() {
	if s.Following == nil {
		return
	}
	op := s.read("read_following", "/v1/following", "How things stand with the authority that is followed: what is in force here, whether it is away or was refused, and what it was not told yet.", "following")
	huma.Register(s.api, op, func(ctx context.Context, _ *followingIn) (*followingOut, error) {
		o, err := s.order(ctx, "", "", 0)
		if err != nil {
			return nil, err
		}
		book, err := s.Clerk.MaySeeFollowing(ctx, o)
		if err != nil {
			return nil, problem(err)
		}
		status, err := s.Following()
		if !book {
			status.Book = nil
		}
		return &followingOut{private, status}, problem(err)
	})
	op = s.read("list_releases", "/v1/following/releases", "What is frozen and no longer listed: freezes that were reported, whose entry ended, and of which no release was reported.", "following")
	huma.Register(s.api, op, func(ctx context.Context, in *releasesIn) (*releasesOut, error) {
		o, err := s.order(ctx, "", in.Purpose, 0)
		if err != nil {
			return nil, err
		}
		out := releasesOut{CacheControl: private}
		out.Body.Releases, err = s.Clerk.ToRelease(ctx, o)
		return &out, problem(err)
	})
}
