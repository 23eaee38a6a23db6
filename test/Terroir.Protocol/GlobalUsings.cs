global using Terroir.Storage;
