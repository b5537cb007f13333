module scope-adapter

go 1.21
