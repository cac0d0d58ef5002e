using System.Text;

namespace DualDb.Rest;

/// <summary>
/// Writes conditions as PostgREST nests them: <c>city.eq."Oslo",or(age.gt."3",name.is.null)</c>. Within such a group every value may stand in
/// quotes, so that none can be taken for the end of the condition.
/// </summary>
internal sealed class RestFilter
{
    private readonly StringBuilder _text = new();
    private bool _negates;
    private bool _separates;
    private int _depth;

    /// <summary>Whether nothing was written.</summary>
    public bool IsEmpty => _text.Length == 0;

    /// <summary>The conditions, all of which hold, as the value of the parameter <c>and</c>; null for none.</summary>
    public string? Group() => IsEmpty ? null : $"({_text})";

    /// <summary>Whether what is being written is within a condition of which the opposite is meant.</summary>
    public bool IsWithinNegation => _depth > 0;

    /// <summary>The opposite of the next condition or group is meant.</summary>
    public void Negate() => _negates = !_negates;

    /// <summary>The opposite of conditions is meant, whatever they are joined of.</summary>
    public void Opposite(Action conditions)
    {
        Negate();
        _depth++;
        conditions();
        _depth--;
    }

    /// <summary>A column against a value.</summary>
    public void Compare(string path, string operation, string value) => Begin(path).Append(operation).Append('.').Append(RestNames.Text(value));

    /// <summary>A column against a word: <c>null</c>.</summary>
    public void Is(string path, string word) => Begin(path).Append("is.").Append(word);

    /// <summary>A column against a list. A list of nothing but an empty text would be no list.</summary>
    public void In(string path, IReadOnlyList<string> values)
    {
        if (values is [var single])
        {
            Compare(path, "eq", single);
            return;
        }

        Begin(path).Append("in.(").AppendJoin(',', values.Select(RestNames.Text)).Append(')');
    }

    /// <summary>Conditions joined by one word.</summary>
    public void Join(bool isAnd, Action conditions)
    {
        Separate();
        _text.Append(TakeNegation() ? "not." : "").Append(isAnd ? "and(" : "or(");
        _separates = false;
        conditions();
        _text.Append(')');
        _separates = true;
    }

    private StringBuilder Begin(string path)
    {
        Separate();
        return _text.Append(path).Append(TakeNegation() ? ".not." : ".");
    }

    private void Separate()
    {
        _text.Append(_separates ? "," : "");
        _separates = true;
    }

    private bool TakeNegation()
    {
        var negates = _negates;
        _negates = false;
        return negates;
    }
}
