namespace DualDb.AspNetCore.Tests.Dashboard.Secrecy;

/// <summary>Values that occur nowhere else, each by the place that it was put in.</summary>
internal sealed class Planted
{
    private readonly Dictionary<string, string> _places = new(StringComparer.Ordinal);

    public string this[string place]
    {
        get
        {
            if (!_places.TryGetValue(place, out var value))
            {
                _places[place] = value = $"leak{Guid.NewGuid():N}";
            }

            return value;
        }
    }

    /// <summary>A secret that others have chosen.</summary>
    public void Add(string place, string value) => _places[place] = value;

    /// <summary>What of it stands in texts.</summary>
    public IEnumerable<string> FoundIn(IEnumerable<(string Where, string Text)> texts)
        => from text in texts from place in _places where text.Text.Contains(place.Value, StringComparison.OrdinalIgnoreCase) select $"{place.Key} in {text.Where}: {Around(text.Text, place.Value)}";

    private static string Around(string text, string value)
    {
        var at = text.IndexOf(value, StringComparison.OrdinalIgnoreCase);
        return text[Math.Max(0, at - 200)..Math.Min(text.Length, at + value.Length + 50)];
    }
}
