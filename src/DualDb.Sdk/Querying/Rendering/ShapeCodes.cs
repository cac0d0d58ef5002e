namespace DualDb.Querying;

/// <summary>What the parts of a shape begin with. A code's number of parts never varies, so that none is used for two kinds of parts.</summary>
internal static class ShapeCodes
{
    public const char Column = 'c';
    public const char Function = 'f';
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
    public const char Assignment = ':';
    public const char Keyset = 'k';
    public const char Place = 'p';
    public const char ColumnComparison = '~';
    public const char JsonContains = 'J';
    public const char JsonPath = 'P';
    public const char RawText = 'R';
    public const char RawValue = 'V';
    public const char RawCondition = 'W';
    public const char Named = 'N';
    public const char Operands = 'O';
    public const char Whole = '*';
    public const char Assignments = ';';
    public const char Patch = 'u';
    public const char Flags = 'F';
}
