using DualDb.AspNetCore.Dashboard.Language;

namespace DualDb.AspNetCore.Dashboard.Sections.Shared;

/// <summary>Texts of the pages of what operators work on.</summary>
internal static class SharedTexts
{
    public static readonly Text First = new("First page", "หน้าแรก");
    public static readonly Text More = new("Next page", "หน้าถัดไป");
    public static readonly Text Shown = new("{0} to {1} of {2}", "{0} ถึง {1} จาก {2}");
    public static readonly Text Pages = new("Pages of this list", "หน้าของรายการนี้");
    public static readonly Text Masked = new("Values that are sensitive are masked.", "ค่าที่อ่อนไหวถูกปิดบังไว้");
    public static readonly Text NoRow = new("no row", "ไม่มีแถว");
    public static readonly Text Database = new("Database", "ฐานข้อมูล");
    public static readonly Text Map = new("Map", "แมป");
    public static readonly Text Key = new("Key", "คีย์");
    public static readonly Text Column = new("Column", "คอลัมน์");
    public static readonly Text State = new("State", "สถานะ");
    public static readonly Text Error = new("Error", "ข้อผิดพลาด");
    public static readonly Text When = new("When", "เวลา");
    public static readonly Text Who = new("Who", "ผู้ดำเนินการ");
    public static readonly Text Why = new("Reason", "เหตุผล");
    public static readonly Text What = new("What", "การดำเนินการ");
    public static readonly Text Actions = new("Actions", "คำสั่ง");
    public static readonly Text Attempts = new("Attempts", "จำนวนครั้ง");
    public static readonly Text Source = new("Source", "ต้นทาง");
    public static readonly Text Target = new("Target", "ปลายทาง");
    public static readonly Text Difference = new("Differs", "แตกต่าง");
    public static readonly Text Show = new("Show", "แสดง");
    public static readonly Text Work = new("What this node does for operators", "งานที่โหนดนี้ทำให้ผู้ปฏิบัติงาน");
    public static readonly Text NoWork = new("Nothing was asked of this node since it was started.", "ยังไม่มีงานที่สั่งให้โหนดนี้ทำตั้งแต่เริ่มทำงาน");
    public static readonly Text Running = new("running", "กำลังทำงาน");
    public static readonly Text Done = new("done", "เสร็จแล้ว");
    public static readonly Text Failed = new("failed", "ล้มเหลว");
    public static readonly Text Refused = new("refused", "ถูกปฏิเสธ");
    public static readonly Text Progress = new("Progress", "ความคืบหน้า");
    public static readonly Text Begun = new("{0} was begun. This page shows how far it is.", "เริ่ม {0} แล้ว หน้านี้แสดงความคืบหน้า");
    public static readonly Text RunsAlready = new("{0} runs already; it was not begun again.", "{0} กำลังทำงานอยู่แล้ว จึงไม่ได้เริ่มใหม่");
    public static readonly Text Gone = new("That was no longer there, so nothing was done.", "สิ่งนั้นไม่มีอยู่แล้ว จึงไม่มีการดำเนินการใด ๆ");
}
