using System.Text;

namespace DualDb.Mapping.Wire;

/// <summary>Walks the elements of an array of one dimension in PostgreSQL's notation.</summary>
/// <param name="text">The array.</param>
internal struct ArrayLiteral(string text)
{
    private int _position;

    /// <summary>The element; null for NULL.</summary>
    public string? Current { get; private set; }

    public bool MoveNext()
    {
        if (_position == 0)
        {
            Begin();
        }

        if (text[_position] == '}')
        {
            return _position == text.Length - 1 ? false : throw NotArray();
        }

        Current = text[_position] == '"' ? Quoted() : Plain();
        if (_position < text.Length && text[_position] == ',')
        {
            _position++;
        }

        return _position < text.Length ? true : throw NotArray();
    }

    // A first element that is not the first in number is written in front: [0:2]={1,2,3}.
    private void Begin()
    {
        _position = text.StartsWith('[') ? text.IndexOf('=', StringComparison.Ordinal) + 1 : 0;
        if (_position >= text.Length - 1 || text[_position] != '{')
        {
            throw NotArray();
        }

        _position++;
        if (text[_position] == '{')
        {
            throw new InvalidCastException("The array has more than one dimension, which no list can hold.");
        }
    }

    private string Quoted()
    {
        var element = new StringBuilder();
        for (_position++; _position < text.Length; _position++)
        {
            switch (text[_position])
            {
                case '"':
                    _position++;
                    return element.ToString();

                case '\\' when _position + 1 < text.Length:
                    element.Append(text[++_position]);
                    break;

                case var other:
                    element.Append(other);
                    break;
            }
        }

        throw NotArray();
    }

    private string? Plain()
    {
        var length = text.AsSpan(_position).IndexOfAny(',', '}');
        if (length <= 0)
        {
            throw NotArray();
        }

        var element = text.Substring(_position, length);
        _position += length;
        return string.Equals(element, "NULL", StringComparison.OrdinalIgnoreCase) ? null : element;
    }

    private static FormatException NotArray() => new("The answer holds no array in PostgreSQL's notation.");
}
