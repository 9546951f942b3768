package objects

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

func TestAPackThatAppearsMeanwhileIsFound(t *testing.T) {
	objects := t.TempDir()
	newHandmade(t).whole(id(1), Blob, "old").write(objects, "1")
	database := open(t, objects, trusting)
	first, second := database.Reader(), database.Reader()
	if has, err := first.Has(id(2)); has || err != nil {
		t.Fatalf("before: got %v, %v", has, err)
	}
	newHandmade(t).whole(id(2), Blob, "new").write(objects, "2")
	for _, reader := range []Reader{first, second} {
		if _, content, err := reader.Read(id(2), 0); err != nil || string(content) != "new" {
			t.Errorf("after: got %q, %v; want new", content, err)
		}
	}
}

func TestAPackThatVanishesMeanwhileStaysReadable(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("an open file cannot be removed")
	}
	for _, noMapping := range []bool{false, true} {
		objects := t.TempDir()
		path := newHandmade(t).whole(id(1), Blob, "old").write(objects, "1")
		reader := open(t, objects, func(o *Options) { o.Verify, o.NoMapping = false, noMapping }).Reader()
		must(t, os.Remove(path+".pack"))
		must(t, os.Remove(path+".idx"))
		if _, content, err := reader.Read(id(1), 0); err != nil || string(content) != "old" {
			t.Errorf("got %q, %v; want old", content, err)
		}
		_, _, err := reader.Read(id(2), 0)
		wantError(t, "another object", err, ErrMissing, id(2).String())
	}
}

func TestMissingObjectsDoNotMakeTheDirectoryBeListedEachTime(t *testing.T) {
	objects := t.TempDir()
	newHandmade(t).whole(id(1), Blob, "old").write(objects, "1")
	long := time.Now().Add(-time.Hour)
	must(t, os.Chtimes(filepath.Join(objects, "pack"), long, long))
	database := open(t, objects, trusting).(*Directory)
	reader, made := database.Reader(), database.scans[0].made
	for range 100 {
		if has, _ := reader.Has(id(9)); has {
			t.Fatal("got an object that is not there")
		}
	}
	if database.scans[0].made != made {
		t.Error("the directory was listed again though it had not changed")
	}
	future := time.Now().Add(time.Hour)
	must(t, os.Chtimes(filepath.Join(objects, "pack"), future, future))
	for range 200 {
		_, _ = reader.Has(id(9))
	}
	if database.hasty != mostHastyScans {
		t.Errorf("listed again %d times with a wrong clock, want %d", database.hasty, mostHastyScans)
	}
}

func TestAMappedPackThatIsCutOffMeanwhileIsAnError(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("packs are not mapped")
	}
	objects := t.TempDir()
	path := newHandmade(t).whole(id(1), Blob, string(randomBytes(100_000))).write(objects, "1")
	reader := open(t, objects, trusting).Reader()
	must(t, os.Truncate(path+".pack", 0))
	_, _, err := reader.Read(id(1), 0)
	wantError(t, "Read", err, ErrDamaged, objects)
}
