package cli

import (
	"context"
	"flag"
	"fmt"
	"slices"
	"strings"
)

// completionVerb is a function because its answer is made from the table that
// holds it.
func completionVerb() verb {
	return verb{
		name:  "completion",
		args:  "bash|zsh|fish",
		short: "write a completion script for a shell",
		long: `Load it from the start-up file of the shell:
  bash  source <(interdict completion bash)
  zsh   source <(interdict completion zsh)
  fish  interdict completion fish | source`,
		examples: []string{"completion bash", "completion fish"},
		choices:  func() []string { return []string{"bash", "zsh", "fish"} },
		setup: func(*flag.FlagSet) action {
			return func(_ context.Context, c *call, args []string) (bool, error) {
				if len(args) != 1 {
					return false, wrongUsage("completion needs the name of one shell")
				}
				write, ok := map[string]func([]menu) string{
					"bash": bashCompletion, "zsh": zshCompletion, "fish": fishCompletion,
				}[args[0]]
				if !ok {
					return false, wrongUsage("no completion for the shell %q", args[0])
				}
				_, err := fmt.Fprint(c.out, write(menus(verbs())))
				return false, err
			}
		},
	}
}

// menu is what may follow after some words of the command line.
type menu struct {
	after []string // words already typed, flags left out
	files bool     // arguments may be files
	items []item
}

type item struct{ word, text string }

// menus derives every menu from the table: the top, each group, each verb.
func menus(all []verb) []menu {
	top := menu{}
	var groups, leaves []menu
	for _, v := range all {
		words := strings.Fields(v.name)
		if len(words) == 1 {
			top.items = append(top.items, item{v.name, v.short})
		} else {
			i := slices.IndexFunc(groups, func(m menu) bool { return m.after[0] == words[0] })
			if i < 0 {
				i = len(groups)
				groups = append(groups, menu{after: words[:1]})
				top.items = append(top.items, item{words[0], "its verbs: interdict help " + words[0]})
			}
			groups[i].items = append(groups[i].items, item{words[1], v.short})
		}
		leaf := menu{after: words, files: strings.Contains(v.args, "FILE")}
		if v.choices != nil {
			for _, c := range v.choices() {
				leaf.items = append(leaf.items, item{c, ""})
			}
		}
		f := newFlags(v)
		v.setup(f.FlagSet)
		f.VisitAll(func(g *flag.Flag) {
			_, text := flag.UnquoteUsage(g)
			leaf.items = append(leaf.items, item{"--" + g.Name, text})
		})
		leaves = append(leaves, leaf)
	}
	for i, m := range leaves {
		if len(m.after) == 1 && m.after[0] == "help" {
			leaves[i].items = append(slices.Clone(top.items), m.items...)
		}
	}
	return slices.Concat([]menu{top}, groups, leaves)
}

func (m menu) words() string {
	var words []string
	for _, i := range m.items {
		words = append(words, i.word)
	}
	return strings.Join(words, " ")
}

// pattern matches the words typed before the cursor, each with a blank before
// it. A verb's menu stays while arguments follow it.
func (m menu) pattern(all []menu) string {
	p := ""
	for _, w := range m.after {
		p += " " + w
	}
	isGroup := slices.ContainsFunc(all, func(o menu) bool {
		return len(o.after) == len(m.after)+1 && slices.Equal(o.after[:len(m.after)], m.after)
	})
	if isGroup || len(m.after) == 0 {
		return "'" + p + "'"
	}
	return "'" + p + "'|'" + p + " '*"
}

func bashCompletion(all []menu) string {
	var b strings.Builder
	b.WriteString(`# bash completion for interdict; made by: interdict completion bash
_interdict() {
  local cur=${COMP_WORDS[COMP_CWORD]} typed='' words='' i
  for ((i = 1; i < COMP_CWORD; i++)); do
    [[ ${COMP_WORDS[i]} == -* ]] || typed+=" ${COMP_WORDS[i]}"
  done
  case "$typed" in
`)
	for _, m := range all {
		fmt.Fprintf(&b, "    %s) words='%s' ;;\n", m.pattern(all), m.words())
	}
	b.WriteString(`  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _interdict interdict
`)
	return b.String()
}

func zshCompletion(all []menu) string {
	var b strings.Builder
	b.WriteString(`#compdef interdict
# zsh completion for interdict; made by: interdict completion zsh
_interdict() {
  local typed='' w
  local -a items
  for w in ${words[2,CURRENT-1]}; do
    [[ $w == -* ]] || typed+=" $w"
  done
  case "$typed" in
`)
	for _, m := range all {
		fmt.Fprintf(&b, "    %s)\n      items=(", m.pattern(all))
		for _, i := range m.items {
			fmt.Fprintf(&b, "\n        %s", quote(strings.ReplaceAll(i.word, ":", `\:`)+":"+i.text))
		}
		b.WriteString("\n      )\n")
		if m.files {
			b.WriteString("      _files\n")
		}
		b.WriteString("      ;;\n")
	}
	b.WriteString(`  esac
  _describe 'interdict' items
}
if [[ "${funcstack[1]}" == _interdict ]]; then _interdict "$@"; else compdef _interdict interdict; fi
`)
	return b.String()
}

func fishCompletion(all []menu) string {
	var b strings.Builder
	b.WriteString(`# fish completion for interdict; made by: interdict completion fish
function __interdict_typed
    set -l typed
    for w in (commandline -opc)[2..]
        string match -q -- '-*' $w; or set -a typed $w
    end
    set -l n (math (count $argv) - 1)
    if test $argv[1] = exactly
        test "$typed" = "$argv[2..]"
    else
        test (count $typed) -ge $n; and test "$typed[1..$n]" = "$argv[2..]"
    end
end
complete -c interdict -e
`)
	for _, m := range all {
		how := "within"
		if len(m.after) == 0 || strings.Count(m.pattern(all), "'") == 2 {
			how = "exactly"
		}
		when := strings.TrimSpace("__interdict_typed " + how + " " + strings.Join(m.after, " "))
		if !m.files {
			fmt.Fprintf(&b, "complete -c interdict -n %s -f\n", quote(when))
		}
		for _, i := range m.items {
			if long, ok := strings.CutPrefix(i.word, "--"); ok {
				fmt.Fprintf(&b, "complete -c interdict -n %s -l %s -d %s\n", quote(when), long, quote(i.text))
			} else {
				fmt.Fprintf(&b, "complete -c interdict -n %s -a %s -d %s\n", quote(when), i.word, quote(i.text))
			}
		}
	}
	return b.String()
}

// quote puts s in single quotes, which bash and zsh read alike; apostrophes
// become typographic ones so that fish reads it too.
func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", "’") + "'" }
