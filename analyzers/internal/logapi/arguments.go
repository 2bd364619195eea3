package logapi

import (
	"go/ast"
	"go/constant"
	"go/types"
	"strings"
)

// An Argument is an expression that a call writes.
type Argument struct {
	Expr ast.Expr
	Role Role
	// Key is the constant key of the value, or the label in front of it in a
	// format or message ("password=%s"); "" if there is none.
	Key string
	// Labelled: Key was found in running text, not given as a key.
	Labelled bool
	Class    Class
	// Spread: Expr is a slice given with "..." for all the values.
	Spread bool
}

// Arguments lists what the call writes, keys and irrelevant ones left out. A
// constant format string is taken apart: each value has the class of its verb
// and its label; values without a verb are listed too, fmt prints them.
func (c *Call) Arguments(info *types.Info) []Argument {
	var list []Argument
	args, roles := c.Expr.Args, c.Func.Roles
	for i := 0; i < len(args) && len(roles) > 0; i++ {
		role := roles[min(i, len(roles)-1)]
		switch role {
		case Values:
			format := ""
			if i > 0 && roles[i-1] == Format {
				format, _ = Constant(info, args[i-1])
			}
			return append(list, c.values(info, args[i:], format)...)
		case Pairs:
			return append(list, c.pairs(info, args[i:])...)
		case Key:
			continue
		case Value, Err:
			key := ""
			if i > 0 && roles[min(i-1, len(roles)-1)] == Key {
				key, _ = Constant(info, args[i-1])
			}
			list = append(list, c.argument(args, i, role, key))
		case Message, Format, Attrs, Map:
			list = append(list, c.argument(args, i, role, ""))
		}
	}
	return list
}

func (c *Call) argument(args []ast.Expr, i int, role Role, key string) Argument {
	class := c.Func.Class
	if role == Message || role == Format {
		class = Plain
	}
	spread := c.Expr.Ellipsis.IsValid() && i == len(args)-1
	return Argument{Expr: args[i], Role: role, Key: key, Class: class, Spread: spread}
}

// values lists the operands of a print or of a format.
func (c *Call) values(info *types.Info, args []ast.Expr, format string) []Argument {
	var list []Argument
	verbs := Verbs(format)
	for i := range args {
		arg := c.argument(args, i, Values, "")
		if v, ok := verbs[i]; ok {
			arg.Class, arg.Key, arg.Labelled = v.Class, v.Label, v.Label != ""
		}
		if format == "" && i > 0 {
			if text, ok := Constant(info, args[i-1]); ok {
				arg.Key = Label(text)
				arg.Labelled = arg.Key != ""
			}
		}
		list = append(list, arg)
	}
	return list
}

func (c *Call) pairs(info *types.Info, args []ast.Expr) []Argument {
	list := Pair(info, args, c.Func.Class)
	if c.Expr.Ellipsis.IsValid() && len(list) > 0 {
		last := &list[len(list)-1]
		last.Spread = last.Expr == args[len(args)-1]
	}
	return list
}

// Pair reads alternating keys and values. An operand that is a built attribute
// stands alone; a key that is no string is taken for a value.
func Pair(info *types.Info, args []ast.Expr, class Class) []Argument {
	var list []Argument
	for i := 0; i < len(args); i++ {
		if !isString(info.TypeOf(args[i])) || i+1 == len(args) {
			list = append(list, Argument{Expr: args[i], Role: Attrs, Class: class})
			continue
		}
		key, _ := Constant(info, args[i])
		i++
		list = append(list, Argument{Expr: args[i], Role: Value, Key: key, Class: class})
	}
	return list
}

func isString(t types.Type) bool {
	if t == nil {
		return false
	}
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsString != 0
}

// Constant returns the value of a constant string expression.
func Constant(info *types.Info, e ast.Expr) (string, bool) {
	tv, ok := info.Types[e]
	if !ok || tv.Value == nil || tv.Value.Kind() != constant.String {
		return "", false
	}
	return constant.StringVal(tv.Value), true
}

// A Verb is one use of an operand in a format.
type Verb struct {
	Class Class
	Label string // what stands in front: "password" in "password=%s"
}

// Verbs takes a format string of fmt apart: operand index to its first use that
// shows anything of the operand.
func Verbs(format string) map[int]Verb {
	uses := map[int]Verb{}
	operand, start := 0, 0
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			continue
		}
		piece := format[start:i]
		label := Label(piece)
		verb, end := scanVerb(format, i+1, &operand, uses)
		if piece == ":" && strings.Contains(format[:i], "://") && strings.HasPrefix(format[min(end+1, len(format)):], "@") {
			label = "password" // scheme://user:%s@host
		}
		if verb == 0 {
			break
		}
		flags := format[i+1 : end]
		i, start = end, end+1
		if verb == '%' {
			continue
		}
		if old, ok := uses[operand]; !ok || old.Class == Hidden {
			uses[operand] = Verb{Class: verbClass(verb, flags), Label: label}
		}
		operand++
	}
	return uses
}

// scanVerb skips flags, width, precision and operand indexes from i on and
// returns the verb and its offset, 0 if there is none.
func scanVerb(format string, i int, operand *int, uses map[int]Verb) (byte, int) {
	for ; i < len(format); i++ {
		switch b := format[i]; {
		case strings.IndexByte("+-# 0123456789.", b) >= 0:
		case b == '*':
			uses[*operand] = Verb{Class: Hidden}
			*operand++
		case b == '[':
			n := 0
			for i++; i < len(format) && format[i] != ']'; i++ {
				n = min(n*10+int(format[i]-'0'), 1<<10)
			}
			*operand = max(n-1, 0)
		default:
			return b, i
		}
	}
	return 0, i
}

func verbClass(verb byte, flags string) Class {
	switch {
	case verb == 'T' || verb == 'p':
		return Hidden
	case verb == 'v' && strings.Contains(flags, "#"):
		return GoSyntax
	case verb == 'v' && strings.Contains(flags, "+"):
		return Plus
	case strings.IndexByte("vsqxXw", verb) >= 0:
		return Plain
	default:
		return Raw
	}
}

// Label returns the key-like text that ends a piece of a message: "password" in
// "login with password=" and "db password" in "db password: ". Running text
// that merely ends in a colon is no label: more than three words, or none.
func Label(text string) string {
	text = strings.TrimRight(text, " \t\"'`[({<")
	if text == "" {
		return ""
	}
	sep := text[len(text)-1]
	if sep != '=' && sep != ':' {
		return ""
	}
	text = strings.TrimRight(text[:len(text)-1], " \"'`:")
	if i := strings.LastIndexAny(text, ",;:([{|&?\n\t\"'`"); i >= 0 {
		text = text[i+1:]
	}
	words := strings.Fields(text)
	if len(words) == 0 {
		return ""
	}
	if sep == '=' {
		return words[len(words)-1]
	}
	if len(words) > 3 {
		return ""
	}
	return strings.Join(words, " ")
}
