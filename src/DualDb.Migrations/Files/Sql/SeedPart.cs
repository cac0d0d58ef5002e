namespace DualDb.Migrations.Files.Sql;

/// <summary>Which part of a seed a text is.</summary>
/// <param name="IsFirst">Whether no statement stands before it.</param>
/// <param name="IsLast">Whether nothing comes behind it.</param>
internal sealed record SeedPart(bool IsFirst, bool IsLast);
