// Package sensitive knows what counts as a secret: by the words of a name
// ([Vocabulary]), by where a value comes from ([Vocabulary.Origin]), by its type
// and by the tags of its fields; and whether a value, printed in a certain way,
// shows one ([Walker.Leak]).
//
// Start with [Vocabulary.Name] and [Walker].
package sensitive
