namespace DualDb.IntegrationTests.Rest;

public enum Weather
{
    Calm,
    Stormy,
}

/// <summary>Whose key and value can be any text.</summary>
[Supabase("rest_texts", Set = "RestTexts")]
public sealed partial record RestText([property: Key] string Id, string Value, string? Note = null);

/// <summary>With members that a wrong answer does not fit.</summary>
[Supabase("rest_entries", Set = "RestEntries")]
public sealed partial record RestEntry([property: Key] string Id, string? Note, int Number, [property: StoredAsText] Weather Weather, short Level = 0, DateTimeOffset? At = null);

/// <summary>Whose columns are called like parameters and words of the API.</summary>
[Supabase("rest_words", Set = "RestWords")]
public sealed partial record RestWord
{
    [Key, Column("order")]
    public required string Order { get; init; }

    [Column("select")]
    public required string Select { get; init; }

    [Column("limit")]
    public int Limit { get; init; }

    [Column("offset")]
    public int? Offset { get; init; }

    [Column("columns")]
    public string? Columns { get; init; }

    [Column("on_conflict")]
    public string? OnConflict { get; init; }

    [Column("and"), Unique]
    public required string And { get; init; }

    [Column("or")]
    public string? Or { get; init; }

    [Column("not")]
    public string? Not { get; init; }

    [Column("apikey")]
    public string? ApiKey { get; init; }

    [Column("is")]
    public string? Is { get; init; }
}
