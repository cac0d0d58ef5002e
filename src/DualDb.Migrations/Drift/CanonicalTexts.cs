using System.Collections.Concurrent;

namespace DualDb.Migrations.Drift;

/// <summary>Texts of the model in PostgreSQL's words, as far as they are known. They are asked for once: a look every few seconds asks only the catalogue.</summary>
internal sealed class CanonicalTexts
{
    private readonly ConcurrentDictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>The text in PostgreSQL's words; null where that is not known.</summary>
    public string? Find(string place, string text) => _texts.GetValueOrDefault(Key(place, text));

    public void Set(string place, string text, string canonical) => _texts[Key(place, text)] = canonical;

    private static string Key(string place, string text) => place + "\0" + text;
}
