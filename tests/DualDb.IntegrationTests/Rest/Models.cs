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
