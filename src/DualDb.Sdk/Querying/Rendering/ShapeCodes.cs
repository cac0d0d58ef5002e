namespace DualDb.Querying;

/// <summary>What the parts of a shape begin with. A code's number of parts never varies.</summary>
internal static class ShapeCodes
{
    public const char Column = 'c';
    public const char Function = 'f';
    public const char Value = 'v';
    public const char And = '&';
    public const char Or = '|';
    public const char Not = '!';
    public const char True = 't';
    public const char False = 'n';
    public const char Comparison = '=';
    public const char NullTest = '0';
    public const char List = 'i';
    public const char Range = 'b';
    public const char Pattern = 'l';
    public const char Array = 'a';
    public const char Json = 'j';
    public const char Search = 's';
    public const char RawSql = 'r';
    public const char Order = 'o';
    public const char Absent = '-';
    public const char Present = '+';
    public const char Select = 'S';
    public const char Aggregate = 'A';
    public const char Group = 'G';
    public const char Update = 'U';
    public const char Delete = 'D';
    public const char Count = 'C';
    public const char Exists = 'E';
    public const char Assignment = ':';
    public const char Keyset = 'k';
}
