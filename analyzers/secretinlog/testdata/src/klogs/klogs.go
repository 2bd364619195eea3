package klogs

import "k8s.io/klog/v2"

type object struct{ name string }

func (o *object) GetName() string { return o.name }

type Secret struct {
	Name  string
	Data  map[string][]byte
	Token string
}

func (s *Secret) GetName() string { return s.Name }

func logs(secret *Secret, o *object, token string) {
	klog.Infof("token %s", token)                   // want `token is logged`
	klog.V(4).Infof("token %s", token)              // want `token is logged`
	klog.InfoS("got", "token", token)               // want `token is logged`
	klog.V(4).InfoS("got", "secret", *secret)       // want `\*secret.Token reaches klog.Verbose.InfoS as text`
	klog.ErrorS(nil, "got", "bearer", secret.Token) // want `secret.Token is logged`
	klog.InfoS("got", "secret", klog.KObj(secret))
	klog.InfoS("got", "secret", secret.Name, "object", klog.KObj(o))
}
