// Package catalog says which system owns what. It reads keyperson.yaml or, without it, what a
// repository declares about itself (Backstage, service catalogs, CODEOWNERS, workspace manifests,
// directories) and gives every thing of the evidence its systems; it never judges people.
package catalog
